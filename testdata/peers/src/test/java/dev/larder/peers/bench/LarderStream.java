package dev.larder.peers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Larder's side of a stream: {@code LarderStream FOLDER SOURCE KAFKA RUNNER PREFIX EVENTS BATCH
 * bronze|vault} runs {@code larder stream} over all events of the topic {@code PREFIX.shop.orders};
 * first over those of a topic to warm up. For the vault the table, empty in MySQL, is snapshotted
 * and handed over before.
 */
public final class LarderStream {
  /** Topics of this prefix are not there: a stream over them only hands over. */
  private static final String NOTHING = "nothing";

  private LarderStream() {}

  public static void main(String[] args) throws IOException {
    LarderCommand larder =
        new LarderCommand(
            List.of(
                "--source=" + args[1],
                "--bootstrapServers=" + args[2],
                "--runner=" + args[3],
                args[3].equals("DirectRunner")
                    ? "--targetParallelism=2"
                    : "--sparkMaster=local[2]"));
    Path folder = Path.of(args[0]);
    boolean withVault = args[7].equals("vault");
    load(larder, folder, StreamFigures.WARM, args[6], withVault);
    Gauge.forgetPeak();
    Gauge gauge = load(larder, folder, args[4], args[6], withVault);
    gauge.print("step=stream events=" + args[5]);
    System.exit(0); // Spark's and the clients' threads would keep the JVM for a while
  }

  private static Gauge load(
      LarderCommand larder, Path folder, String prefix, String batch, boolean withVault)
      throws IOException {
    Path lake = Files.createDirectories(folder.resolve(prefix));
    if (withVault) {
      List<String> empty = options(lake, NOTHING);
      larder.run("snapshot", empty);
      larder.run("stream", empty);
    }
    List<String> options = new ArrayList<>(options(lake, prefix));
    options.add("--maxOffsetsPerBatch=" + batch);
    Gauge gauge = new Gauge();
    larder.run("stream", options);
    return gauge;
  }

  private static List<String> options(Path lake, String prefix) throws IOException {
    Path model = lake.resolveSibling(prefix + ".vault.yaml");
    Files.writeString(model, Orders.streamModel(prefix));
    return List.of("--model=" + model, "--lake=" + lake);
  }
}
