package dev.larder.runners.direct;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Measures what a snapshot costs those who work with the database at the same time: the median and
 * the 95th percentile of their transactions (a read by key and an update, at a fixed rate) while
 * nothing is read, and while a snapshot reads at one pace after the other, with the brake, and
 * without either. Before each snapshot they are measured alone, for the machine may change.
 * Measured is from when the ranges are planned to the end of the process, or for {@code
 * protection.seconds}, after which it is killed. No part of {@code verify}:
 *
 * <pre>{@code
 * mvn verify -pl runner-profiles/direct -am -Dtest=none -Dit.test=SourceProtectionBench \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *   -Dprotection.rows=2000000 -Dprotection.clients=4 -Dprotection.rate=200 -Dprotection.limit=1 \
 *   -Dprotection.paces=10000,25000,50000,100000,200000 -Dprotection.nice=19
 * }</pre>
 *
 * With {@code protection.nice} the snapshot is a process of that niceness: where database and
 * Larder share a machine.
 */
public class SourceProtectionBench {
  @ClassRule public static final TemporaryFolder SERVERS = new TemporaryFolder();

  private static final int ROWS = Integer.getInteger("protection.rows", 2_000_000);
  private static final int CLIENTS = Integer.getInteger("protection.clients", 4);

  /** Transactions a second of all clients. */
  private static final int RATE = Integer.getInteger("protection.rate", 200);

  private static final int LIMIT = Integer.getInteger("protection.limit", 1);
  private static final int SECONDS = Integer.getInteger("protection.seconds", 20);
  private static final String PACES = System.getProperty("protection.paces", "10000,50000,200000");
  private static final int NICE = Integer.getInteger("protection.nice", 0);
  private static final String MODEL =
      """
      vault: shop
      sources:
        shop: {database: shop, record_source: SHOP.MySQL}
      hubs:
        order: {key: number}
      tables:
        shop.orders: {order: id}
      """;

  private static Services services;

  /** Latencies of the clients' transactions, milliseconds. */
  private record Answers(double median, double p95, int count) {}

  private final StringBuilder table = new StringBuilder();

  @Test
  public void measure() throws Exception {
    Path folder = Path.of("target", "it", "SourceProtectionBench").toAbsolutePath();
    Folders.empty(folder);
    Files.writeString(folder.resolve("vault.yaml"), MODEL);
    try (Services started = Services.in(SERVERS.getRoot().toPath()).withMySql("shop").start()) {
      services = started;
      fill();
      alone(5); // warm
      line("snapshot", "p50 alone", "p50 beside it", "p95 alone", "p95 beside it", "p95 more by");
      line("---", "---", "---", "---", "---", "---");
      for (String pace : PACES.split(",")) {
        compare(folder, pace, "--maxRowsPerSecond=" + pace, "--maxConnections=1");
      }
      compare(folder, "braked", "--maxThreadsRunning=" + LIMIT, "--maxConnections=1");
      compare(folder, "free");
    }
    Files.writeString(folder.resolve("protection.md"), table);
  }

  @SuppressWarnings("SystemOut") // figures for whoever runs it
  private void line(String... cells) {
    String line = "| " + String.join(" | ", cells) + " |";
    table.append(line).append('\n');
    System.out.println(line);
  }

  private static void fill() throws SQLException {
    MySqlServer shop = services.mySql("shop");
    try (Sql sql = shop.connect("shop", shop.admin())) {
      sql.run(
          "SET cte_max_recursion_depth = 1000000000",
          "CREATE TABLE orders (id BIGINT PRIMARY KEY, note CHAR(60), total INT)",
          "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n"
              + " WHERE i < "
              + ROWS
              + ") SELECT i, 'x', 0 FROM n",
          "ANALYZE TABLE orders");
    }
  }

  private static Answers alone(int seconds) throws Exception {
    return work(TimeUnit.SECONDS.toMillis(seconds), new AtomicBoolean());
  }

  private void compare(Path folder, String lake, String... reading) throws Exception {
    Answers alone = alone(SECONDS);
    Answers beside = beside(folder, lake, reading);
    line(
        reading.length == 0 ? "as fast as it goes, 4 connections" : String.join(" ", reading),
        millis(alone.median),
        millis(beside.median),
        millis(alone.p95),
        millis(beside.p95),
        String.format(Locale.ROOT, "%+.0f %%", 100 * (beside.p95 / alone.p95 - 1)));
  }

  private static String millis(double time) {
    return String.format(Locale.ROOT, "%.2f", time);
  }

  private static Answers beside(Path folder, String lake, String... reading) throws Exception {
    MySqlServer shop = services.mySql("shop");
    List<String> options = new ArrayList<>();
    options.add("--model=" + folder.resolve("vault.yaml"));
    options.add("--source=shop=" + shop.sourceUrl("shop", shop.snapshot()));
    options.add("--lake=" + folder.resolve(lake));
    options.addAll(List.of(reading));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try (LarderProcess snapshot =
        LarderProcess.start(folder.resolve(lake + ".log"), "snapshot", options)) {
      snapshot.await("the plan", () -> snapshot.said().contains("ranges, about"));
      renice(snapshot.pid());
      long start = System.nanoTime();
      Future<Answers> answers = waiting.submit(() -> work(Long.MAX_VALUE, done));
      while (snapshot.isRunning()
          && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS)) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      done.set(true);
      Answers all = answers.get();
      if (!snapshot.isRunning()) {
        assertThat(snapshot.said(), snapshot.end(), is(0));
      }
      return all;
    } finally {
      done.set(true);
      waiting.shutdownNow();
    }
  }

  /** Every thread has a niceness of its own; new ones get that of the thread that starts them. */
  private static void renice(long pid) throws Exception {
    if (NICE != 0) {
      List<String> command = new ArrayList<>(List.of("renice", "-n", "" + NICE, "-p"));
      try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
        threads.forEach(thread -> command.add(thread.getFileName().toString()));
      }
      new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
  }

  /** Works at the rate until it is time or enough. */
  private static Answers work(long millis, AtomicBoolean enough) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<long[]>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        long seed = i;
        all.add(clients.submit(() -> client(millis, enough, new Random(seed))));
      }
      List<long[]> nanos = new ArrayList<>();
      for (Future<long[]> client : all) {
        nanos.add(client.get());
      }
      long[] sorted = nanos.stream().flatMapToLong(Arrays::stream).sorted().toArray();
      return new Answers(
          sorted[sorted.length / 2] / 1e6,
          sorted[(int) (sorted.length * 0.95)] / 1e6,
          sorted.length);
    } finally {
      clients.shutdownNow();
    }
  }

  /** Latencies count from when a transaction was due: who waits for another is late, too. */
  private static long[] client(long millis, AtomicBoolean enough, Random random) throws Exception {
    MySqlServer shop = services.mySql("shop");
    long pause = TimeUnit.SECONDS.toNanos(CLIENTS) / RATE;
    List<Long> nanos = new ArrayList<>();
    try (Sql sql = shop.connect("shop", shop.app())) {
      long start = System.nanoTime();
      long due = start;
      while (!enough.get() && (System.nanoTime() - start) / 1_000_000 < millis) {
        long rest = due - System.nanoTime();
        if (rest > 0) {
          TimeUnit.NANOSECONDS.sleep(rest);
        }
        int id = 1 + random.nextInt(ROWS);
        sql.rows("SELECT total FROM orders WHERE id = " + id);
        sql.run("UPDATE orders SET total = total + 1 WHERE id = " + id);
        nanos.add(System.nanoTime() - due);
        due += pause;
      }
    }
    return nanos.stream().mapToLong(n -> n).toArray();
  }
}
