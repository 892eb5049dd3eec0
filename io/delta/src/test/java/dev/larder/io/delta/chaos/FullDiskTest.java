package dev.larder.io.delta.chaos;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;
import static org.junit.Assume.assumeTrue;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A lake on a small disk of its own. Needs to be root, to mount it; is left out otherwise. */
public class FullDiskTest {
  private static final int PAGE = 4096;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT), Column.nullable("bytes", ColumnType.BINARY));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final List<String> expected = new ArrayList<>();
  private Path disk;
  private DeltaTable table;

  @Before
  public void mount() throws Exception {
    disk = folder.newFolder("disk").toPath();
    assumeTrue("only root mounts a disk", runs("mount", "-t", "tmpfs", "-o", "size=1m", "larder"));
    table = DeltaTable.of(disk.resolve("lake").toString(), "t");
  }

  @After
  public void unmount() throws Exception {
    runs("umount", "-l");
  }

  private boolean runs(String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(command));
    all.add(disk.toString());
    try {
      return new ProcessBuilder(all).redirectErrorStream(true).start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Iterator<Object[]> row(long id, int size) {
    byte[] bytes = new byte[size];
    new Random(id).nextBytes(bytes);
    return List.<Object[]>of(new Object[] {id, bytes}).iterator();
  }

  private void append(long id, int size) {
    table.append(SCHEMA, row(id, size));
    expected.add("[" + id + "]");
    expected.sort(null);
  }

  private List<String> stored() {
    return Rows.read(table.latest(), "id");
  }

  @Test
  public void aFullDiskIsNamedAndLeavesTheTableAsItWas() throws IOException {
    append(1, 10);

    SinkException error =
        assertThrows(SinkException.class, () -> table.append(SCHEMA, row(2, 2 << 20)));

    assertThat(error.getMessage(), startsWith(table + "/part-"));
    assertThat(
        error.getMessage(),
        containsString(
            ".zstd.parquet cannot be written (no space is left on the device). Make space there and"
                + " run the batch again: what was written of it is invisible."));
    assertThat(stored(), is(expected));
    assertThat("open files of the lake", openFiles(), empty());
  }

  @Test
  public void whereverTheSpaceEndsTheTableIsWholeAndGoesOn() throws IOException {
    append(0, 10);
    int failed = 0;
    for (int pages = 0; pages < 8; pages++) {
      Path filler = fillBut(pages);
      try {
        append(100 + pages, 3 * PAGE);
      } catch (SinkException e) {
        failed++;
        assertThat(
            e.getMessage(), matchesPattern(".* \\((n|N)o space (is )?left on (the )?device\\).*"));
        assertThat(e.getMessage(), startsWith(table.toString()));
      }
      assertThat(pages + " pages free", stored(), is(expected));
      Files.delete(filler);
      append(200 + pages, 10);
      assertThat(stored(), is(expected));
    }
    assertThat(failed, greaterThan(2));
  }

  @Test
  public void aDiskThatIsReadOnlyIsReadAndNamed() throws Exception {
    append(1, 10);
    assumeTrue(runs("mount", "-o", "remount,ro"));

    SinkException error = assertThrows(SinkException.class, () -> table.append(SCHEMA, row(2, 9)));

    assertThat(error.getMessage(), startsWith(table + "/part-"));
    assertThat(error.getMessage(), containsString("Read-only file system"));
    assertThat(stored(), is(expected));
  }

  /** Fills the disk but for some pages. */
  private Path fillBut(int pages) throws IOException {
    Path filler = disk.resolve("filler");
    long free = Files.getFileStore(disk).getUsableSpace();
    Files.write(filler, new byte[(int) Math.max(0, free - (long) pages * PAGE)]);
    return filler;
  }

  private List<Path> openFiles() throws IOException {
    List<Path> open = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      for (Path descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)
            && Files.readSymbolicLink(descriptor).startsWith(disk)) {
          open.add(Files.readSymbolicLink(descriptor));
        }
      }
    }
    return open;
  }
}
