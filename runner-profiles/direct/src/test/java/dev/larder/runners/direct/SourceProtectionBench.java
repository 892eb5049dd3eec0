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
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Measures what a snapshot costs those who work with the database at the same time: the 95th
 * percentile of their transactions (a read by key and an update, at a fixed rate) while nothing is
 * read, while a snapshot reads with the brake, and without it. No part of {@code verify}:
 *
 * <pre>{@code
 * mvn verify -pl runner-profiles/direct -am -Dtest=none -Dit.test=SourceProtectionBench \
 *   -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
 *   -Dprotection.rows=2000000 -Dprotection.clients=4 -Dprotection.rate=200 -Dprotection.limit=1
 * }</pre>
 */
public class SourceProtectionBench {
  @ClassRule public static final TemporaryFolder SERVERS = new TemporaryFolder();

  private static final int ROWS = Integer.getInteger("protection.rows", 2_000_000);
  private static final int CLIENTS = Integer.getInteger("protection.clients", 4);

  /** Transactions a second of all clients. */
  private static final int RATE = Integer.getInteger("protection.rate", 200);

  private static final int LIMIT = Integer.getInteger("protection.limit", 1);
  private static final int QUIET_SECONDS = Integer.getInteger("protection.seconds", 20);
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

  @Test
  public void measure() throws Exception {
    Path folder = Path.of("target", "it", "SourceProtectionBench").toAbsolutePath();
    Folders.empty(folder);
    Files.writeString(folder.resolve("vault.yaml"), MODEL);
    try (Services started = Services.in(SERVERS.getRoot().toPath()).withMySql("shop").start()) {
      services = started;
      fill();
      work(TimeUnit.SECONDS.toMillis(5), new AtomicBoolean()); // warm
      double alone = work(TimeUnit.SECONDS.toMillis(QUIET_SECONDS), new AtomicBoolean());
      double braked = during(folder, "braked", "--maxThreadsRunning=" + LIMIT);
      double free = during(folder, "free", "--maxThreadsRunning=0");
      System.out.printf(
          "p95 of %d transactions/s of %d clients: %.2f ms alone; %.2f ms (%+.0f %%) beside a"
              + " snapshot of %,d rows with --maxThreadsRunning=%d --maxConnections=1; %.2f ms"
              + " (%+.0f %%) without the brake, 4 connections%n",
          RATE,
          CLIENTS,
          alone,
          braked,
          100 * (braked / alone - 1),
          ROWS,
          LIMIT,
          free,
          100 * (free / alone - 1));
    }
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

  private static double during(Path folder, String lake, String brake) throws Exception {
    MySqlServer shop = services.mySql("shop");
    List<String> options =
        List.of(
            "--model=" + folder.resolve("vault.yaml"),
            "--source=shop=" + shop.sourceUrl("shop", shop.snapshot()),
            "--lake=" + folder.resolve(lake),
            "--maxConnections=" + (lake.equals("free") ? 4 : 1),
            brake);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService waiting = Executors.newSingleThreadExecutor();
    try (LarderProcess snapshot =
        LarderProcess.start(folder.resolve(lake + ".log"), "snapshot", options)) {
      Future<Double> p95 = waiting.submit(() -> work(Long.MAX_VALUE, done));
      while (snapshot.isRunning()) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      done.set(true);
      assertThat(snapshot.said(), snapshot.end(), is(0));
      return p95.get();
    } finally {
      done.set(true);
      waiting.shutdownNow();
    }
  }

  /** Works at the rate until it is time or enough; the 95th percentile in milliseconds. */
  private static double work(long millis, AtomicBoolean enough) throws Exception {
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
      return sorted[(int) (sorted.length * 0.95)] / 1e6;
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
