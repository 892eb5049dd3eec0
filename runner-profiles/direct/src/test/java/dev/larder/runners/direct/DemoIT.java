package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import dev.larder.io.delta.DeltaTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.Test;

/** The demo, small: it ends well, leaves a lake and a report, and no process. */
public class DemoIT {
  private static final Path FOLDER = Path.of("target", "it", "DemoIT").toAbsolutePath();

  private static Command demo;

  @BeforeClass
  public static void runDemo() throws IOException {
    ChainSandbox.assumeSupported();
    Folders.empty(FOLDER);
    demo =
        larder(
                "demo",
                List.of(
                    "--pizzerias=2",
                    "--days=10",
                    "--ordersPerDay=10",
                    "--seconds=5",
                    "--lake=" + FOLDER.resolve("lake"),
                    "--report=" + FOLDER.resolve("report.html")))
            .succeeded();
  }

  @Test
  public void checksTheVaultAndSaysSo() {
    assertThat(demo.said(), containsString(" rows compared, no difference"));
  }

  @Test
  public void leavesTheLakeOfTheWholeWay() {
    assertThat(
        DeltaTables.names(FOLDER.resolve("lake").toString()),
        hasItems(
            "bronze/pos/orders",
            "vault/hub_order",
            "vault/product_history",
            "marts/material_consumption_daily",
            "forecasts/material_consumption_daily",
            "ops/ledger"));
  }

  @Test
  public void writesTheReport() throws IOException {
    String report = Files.readString(FOLDER.resolve("report.html"));

    assertThat(report, containsString("</html>"));
    assertThat(report, containsString("material_consumption_daily"));
  }

  @Test
  public void leavesNoProcess() {
    String folder = FOLDER.toString();

    assertThat(
        ProcessHandle.allProcesses()
            .flatMap(process -> process.info().commandLine().stream())
            .filter(line -> line.contains(folder))
            .toList(),
        is(empty()));
  }
}
