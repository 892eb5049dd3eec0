package dev.larder.peers.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Larder's side of a snapshot: {@code LarderSnapshot FOLDER SOURCE KAFKA RUNNER MASTER TABLE ROWS
 * bronze|vault|status [FETCH CONNECTIONS]} runs {@code larder snapshot}, and for the vault {@code
 * larder stream}, which takes the snapshot over from bronze; first for the small table, to warm up.
 * With {@code status}, hub and link have their status as models ask for by default.
 */
public final class LarderSnapshot {
  private LarderSnapshot() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Files.createDirectories(folder);
    String table = args[5];
    long rows = Long.parseLong(args[6]);
    String to = args[7];
    LarderCommand larder =
        new LarderCommand(
            List.of(
                "--source=" + args[1],
                "--bootstrapServers=" + args[2],
                "--runner=" + args[3],
                args[3].equals("DirectRunner")
                    ? "--targetParallelism=" + args[4]
                    : "--sparkMaster=local[" + args[4] + "]"));
    List<String> reading =
        args.length < 9
            ? List.of()
            : List.of("--fetchSize=" + args[8], "--maxConnections=" + args[9]);
    load(larder, folder, Orders.WARM, Orders.WARM_ROWS, reading, to);
    load(larder, folder, table, rows, reading, to);
    System.exit(0); // Spark's and the driver's threads would keep the JVM for a while
  }

  private static void load(
      LarderCommand larder, Path folder, String table, long rows, List<String> reading, String to)
      throws IOException {
    Path model = folder.resolve(table + ".vault.yaml");
    Files.writeString(model, Orders.model(table, to.equals("status") ? "track" : "ignore"));
    List<String> place = List.of("--model=" + model, "--lake=" + folder.resolve(table));
    Gauge.forgetPeak();
    Gauge bronze = new Gauge();
    larder.run("snapshot", Stream.of(place, reading).flatMap(List::stream).toList());
    bronze.print("step=bronze rows=" + rows);
    if (!to.equals("bronze")) {
      Gauge vault = new Gauge();
      larder.run("stream", place);
      vault.print("step=vault rows=" + rows);
    }
  }
}
