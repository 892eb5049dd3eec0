package dev.larder.peers.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Wall time and CPU time of this process since a point, and its peak memory; Linux only. */
final class Gauge {
  private final long wall = System.nanoTime();
  private final long cpu = cpuNanos();

  /** Lets the peak begin anew, if the system allows it. */
  static void forgetPeak() {
    System.gc(); // what an earlier step left is not this one's
    try {
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    } catch (IOException e) {
      // Then it stays that of the whole process.
    }
  }

  private static long cpuNanos() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  double wallSeconds() {
    return (System.nanoTime() - wall) / 1e9;
  }

  double cpuSeconds() {
    return (cpuNanos() - cpu) / 1e9;
  }

  /** One line of pairs for {@link Child}. */
  @SuppressWarnings("SystemOut") // a side speaks to the job by its standard output
  void print(String what) {
    System.out.printf(
        Locale.ROOT,
        "%s wallSeconds=%.3f cpuSeconds=%.3f peakMiB=%d%n",
        what,
        wallSeconds(),
        cpuSeconds(),
        peakMiB());
  }

  private static long peakMiB() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
        }
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
