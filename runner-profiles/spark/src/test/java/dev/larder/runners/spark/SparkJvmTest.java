package dev.larder.runners.spark;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

/** What users are told to start a JVM for Spark with is what these tests run with. */
public class SparkJvmTest {
  private static final String OPENS = "--add-opens=";

  @Test
  public void opensTheModulesThatTheTestsNeed() throws Exception {
    Path root = Path.of(System.getProperty("larder.root"));
    List<String> told = Files.readAllLines(root.resolve("runner-profiles/spark/bin/spark.jvm"));
    List<String> missing =
        new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
    missing.removeIf(argument -> !argument.startsWith(OPENS));
    assertThat(missing, hasItem(OPENS + "java.base/sun.nio.ch=ALL-UNNAMED"));
    missing.removeAll(told);

    assertThat(missing, is(empty()));
  }
}
