package dev.larder.peers.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Larder at work while MySQL is: {@code LarderLive LAKE MODEL SOURCE KAFKA CONNECT RUNNER STOP
 * [OPTION ...]} runs {@code larder snapshot}, then {@code larder stream --trigger=INTERVAL} until
 * there is a file STOP, and prints every two seconds what memory it takes.
 */
public final class LarderLive {
  private static final long SAMPLE_SECONDS = 2;

  private LarderLive() {}

  public static void main(String[] args) {
    List<String> always =
        List.of(
            "--lake=" + args[0],
            "--model=" + args[1],
            "--source=" + args[2],
            "--bootstrapServers=" + args[3],
            "--connect=" + args[4],
            "--runner=" + args[5],
            args[5].equals("DirectRunner") ? "--targetParallelism=2" : "--sparkMaster=local[2]");
    LarderCommand larder = new LarderCommand(always);
    larder.run("snapshot", List.of());
    List<String> stream = new ArrayList<>(List.of("--trigger=INTERVAL"));
    stream.addAll(List.of(args).subList(7, args.length));
    Thread sampler = new Thread(() -> sampleUntil(Path.of(args[6])), "sampler");
    sampler.setDaemon(true);
    sampler.start();
    larder.run("stream", stream);
  }

  @SuppressWarnings("SystemOut") // a side speaks to the job by its standard output
  private static void sampleUntil(Path stop) {
    Gauge gauge = new Gauge();
    try {
      while (!Files.exists(stop)) {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
        System.out.println(
            "atMillis=" + System.currentTimeMillis() + " heapMiB=" + heap + " rssMiB=" + rssMiB());
        TimeUnit.SECONDS.sleep(SAMPLE_SECONDS);
      }
      gauge.print("step=stream seconds=" + gauge.wallSeconds());
      System.exit(0); // as SIGTERM: the stream finishes its batch
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long rssMiB() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
      }
    }
    return 0;
  }
}
