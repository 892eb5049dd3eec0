package dev.larder.io.delta.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Wall time, CPU time and peak memory of this process between two points. */
final class Gauge {
  private final long wall = System.nanoTime();
  private final long cpu = cpuNanos();

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

  /** The largest resident size of the process so far, MiB; 0 where the system does not tell. */
  static long peakMiB() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
      }
    }
    return 0;
  }

  /** One line of {@code name=value} pairs, for a person and for a script. */
  void print(String what) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%s wallSeconds=%.2f cpuSeconds=%.2f peakMiB=%d%n",
        what,
        wallSeconds(),
        cpuSeconds(),
        peakMiB());
  }
}
