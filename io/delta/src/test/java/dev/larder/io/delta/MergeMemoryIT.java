package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.LoadRule;
import dev.larder.io.delta.file.RowIterator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A merge's memory is bounded by what came, not by what is stored. */
public class MergeMemoryIT {
  private static final long ROWS = 3_000_000;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void mergesIntoABucketOfThreeMillionRowsInAHeapOf64Megabytes() throws Exception {
    Path said = folder.newFile("said.txt").toPath();
    Path lake = folder.newFolder("lake").toPath();

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapMerge.class.getName(),
                lake.toString(),
                Long.toString(ROWS))
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    int code = process.waitFor();
    assertThat(Files.readString(said), code, is(0));
    for (LoadRule rule : SmallHeapMerge.rules()) {
      boolean addsVersions =
          !(rule instanceof LoadRule.InsertIfAbsent || rule instanceof LoadRule.Latest);
      assertThat(
          rule.toString(),
          rows(lake, rule),
          is(ROWS + (addsVersions ? SmallHeapMerge.CHANGES : 0)));
    }
  }

  private static long rows(Path lake, LoadRule rule) {
    DeltaSnapshot latest = DeltaTable.of(lake.toString(), rule.getClass().getSimpleName()).latest();
    long rows = 0;
    try (RowIterator all = latest.rows(List.of("at"))) {
      while (all.hasNext()) {
        all.next();
        rows++;
      }
    }
    return rows;
  }
}
