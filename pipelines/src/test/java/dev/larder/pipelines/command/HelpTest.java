package dev.larder.pipelines.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.junit.Test;

/**
 * What {@code --help} says, held against {@code src/test/resources/.../help-<verb>.txt}. After a
 * change that is meant, run this with the environment variable {@code LARDER_GOLDEN=write}, and
 * read the diff.
 */
public class HelpTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "dev", "larder", "pipelines", "command");
  private static final boolean WRITE = "write".equals(System.getenv("LARDER_GOLDEN"));

  @Test
  public void overviewIsTheGoldenText() throws IOException {
    assertThat(Help.overview(Verbs.all()), is(golden("help.txt", Help.overview(Verbs.all()))));
  }

  @Test
  public void helpOfEachVerbIsTheGoldenText() throws IOException {
    for (Verb<?> verb : Verbs.all()) {
      assertThat(Help.of(verb), is(golden("help-" + verb.name() + ".txt", Help.of(verb))));
    }
  }

  @Test
  public void everyOptionIsDescribed() {
    List<String> bare = new ArrayList<>();
    for (Verb<?> verb : Verbs.all()) {
      for (Method getter : Help.getters(verb.options())) {
        Description description = getter.getAnnotation(Description.class);
        if (description == null || description.value().isBlank()) {
          bare.add(verb.name() + " --" + Help.name(getter));
        }
      }
    }

    assertThat(bare, is(empty()));
  }

  @Test
  public void verbsAreInTheOrderInWhichTheyAreNeeded() {
    assertThat(
        Verbs.all().stream().map(Verb::name).toList(),
        contains(
            "demo",
            "doctor",
            "discover",
            "validate",
            "plan",
            "connectors",
            "snapshot",
            "stream",
            "backfill",
            "replay",
            "rehash",
            "mart",
            "forecast",
            "verify",
            "report",
            "optimize",
            "vacuum",
            "history",
            "restore"));
  }

  private static String golden(String name, String now) throws IOException {
    Path file = GOLDEN.resolve(name);
    if (WRITE) {
      Files.createDirectories(GOLDEN);
      Files.writeString(file, now);
    }
    return Files.readString(file);
  }
}
