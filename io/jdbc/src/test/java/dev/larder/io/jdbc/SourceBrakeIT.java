package dev.larder.io.jdbc;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** Readers pause while others need the server. */
public final class SourceBrakeIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static final int ROWS = 2_000;
  private static final String SLEEPING =
      "SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE '%SLEEP(600)%' AND"
          + " info NOT LIKE '%processlist%'";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicLong rows = new AtomicLong();

  @Before
  public void fill() throws SQLException {
    MYSQL.startEmpty();
    MYSQL.run(
        "SET cte_max_recursion_depth = 100000",
        "CREATE TABLE orders (id INT PRIMARY KEY, note VARCHAR(20))",
        "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE"
            + " i < "
            + ROWS
            + ") SELECT i, 'x' FROM n");
  }

  @After
  public void stop() throws SQLException {
    wake();
    threads.shutdownNow();
  }

  private Future<Long> read(BrakeLimits limits) {
    return threads.submit(
        () -> {
          Source source = MYSQL.source();
          RangeScan scan =
              new RangeScan(new RangeReads(Map.of("pos", source), 1, RetryPolicy.DEFAULT, limits));
          scan.fetchSize(10);
          try (Connection connection = Connections.open(source)) {
            scan.bind(
                TableRange.of(
                    Catalogue.read(source, connection).table("orders"),
                    KeyRange.WHOLE,
                    ROWS,
                    new BinlogPosition("binlog.000001", 4, "", 0).sequence(),
                    0));
          }
          scan.open();
          try {
            while (scan.next()) {
              rows.incrementAndGet();
            }
          } finally {
            scan.close();
          }
          return rows.get();
        });
  }

  /** Threads that work, as the given user's sessions. */
  private void work(Source as, int sessions) throws SQLException {
    for (int i = 0; i < sessions; i++) {
      threads.submit(
          () -> {
            try (Connection connection = Connections.open(as)) {
              return connection.createStatement().execute("DO SLEEP(600)");
            }
          });
    }
    awaitSleeping(sessions);
  }

  private static void awaitSleeping(int sessions) {
    await().atMost(Duration.ofMinutes(2)).until(() -> MYSQL.value(SLEEPING).equals("" + sessions));
  }

  /** Ends them and waits until they are gone: nobody can be killed twice. */
  private void wake() throws SQLException {
    List<String> kills = new ArrayList<>();
    for (String id :
        MYSQL
            .value(
                "SELECT COALESCE(GROUP_CONCAT(id), '') FROM information_schema.processlist WHERE"
                    + " info LIKE 'DO SLEEP(600)'")
            .split(",")) {
      if (!id.isEmpty()) {
        kills.add("KILL " + id);
      }
    }
    MYSQL.run(kills.toArray(String[]::new));
    awaitSleeping(0);
  }

  @Test
  public void pausesWhileOthersWorkAndGoesOnAfter() throws Exception {
    work(MYSQL.administrator("shop"), 4);

    Future<Long> reading = read(new BrakeLimits(3, null));

    // For the time of several looks.
    await()
        .during(Duration.ofSeconds(2))
        .atMost(Duration.ofMinutes(2))
        .until(() -> rows.get() == 0);
    wake();
    assertThat(reading.get(5, TimeUnit.MINUTES), is((long) ROWS));
  }

  @Test
  public void threadsOfItsOwnUserDoNotCount() throws Exception {
    work(MYSQL.source(), 4);

    assertThat(read(new BrakeLimits(3, null)).get(5, TimeUnit.MINUTES), is((long) ROWS));
  }

  /** A limit from below in time: a busy machine cannot break it. */
  @Test
  public void readsNoFasterThanItsPace() throws Exception {
    long start = System.nanoTime();

    Future<Long> reading = read(BrakeLimits.NONE.withMaxRowsPerSecond(ROWS));

    assertThat(reading.get(5, TimeUnit.MINUTES), is((long) ROWS));
    assertThat(System.nanoTime() - start, greaterThan(TimeUnit.MILLISECONDS.toNanos(900)));
  }

  @Test
  public void fewRowsAreFetchedAtOnceWhereTheyAreToComeEvenly() {
    assertThat(BrakeLimits.NONE.fetchSize(10_000), is(10_000));
    assertThat(BrakeLimits.NONE.withMaxRowsPerSecond(40_000).fetchSize(10_000), is(2_000));
    assertThat(BrakeLimits.NONE.withMaxRowsPerSecond(40_000).fetchSize(500), is(500));
    assertThat(BrakeLimits.NONE.withMaxRowsPerSecond(10).fetchSize(1_000), is(100));
    assertThat(
        BrakeLimits.NONE.withMaxRowsPerSecond(40_000).ofOneAmong(8),
        is(BrakeLimits.NONE.withMaxRowsPerSecond(5_000)));
  }

  @Test
  public void lagIsThatOfAReplica() {
    assertThat(
        assertThrows(
                SourceException.class,
                () -> BrakeLimits.check(MYSQL.source(), new BrakeLimits(0, Duration.ofSeconds(10))))
            .getMessage()
            .replace(MYSQL.source().address(), "HOST"),
        is(
            "--maxReplicaLag: source pos (HOST) is no replica (its replica status is empty), so it"
                + " has no lag. Leave the option out, or give the replica's address as the"
                + " source."));
  }

  @Test
  public void limitsSayWhyReadingPauses() {
    BrakeLimits lag = new BrakeLimits(0, Duration.ofSeconds(10));
    BrakeLimits threads = new BrakeLimits(8, null);

    assertThat(new SourceLoad(0, 10).above(lag), is(Optional.empty()));
    assertThat(new SourceLoad(0, 11).above(lag), is(Optional.of("replica is 11 s behind")));
    assertThat(new SourceLoad(0, -1).above(lag), is(Optional.of("replication stands still")));
    assertThat(new SourceLoad(8, -1).above(threads), is(Optional.empty()));
    assertThat(new SourceLoad(9, -1).above(threads), is(Optional.of("9 threads run")));
  }
}
