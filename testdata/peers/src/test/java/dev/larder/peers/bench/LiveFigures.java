package dev.larder.peers.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * From a commit in MySQL to a row in the vault, with everything on this machine: MySQL, Kafka,
 * Connect with Debezium, {@code larder stream} in a JVM of its own, a writer at a rate and a reader
 * of the satellite.
 */
final class LiveFigures {
  private static final int SAMPLE_SECONDS = 10;
  private static final long LOOK_NANOS = 50_000_000;
  private static final int LAST_SECONDS = 10;
  private static final String STOP = "stop";

  private final Path folder;
  private final Child larder;
  private final String runner;

  /**
   * @param heap of Larder's JVM, as {@code -Xmx} takes it
   */
  LiveFigures(Path folder, Child child, String heap, String runner) {
    this.folder = folder.resolve("live");
    Child own = child.withHeap(heap);
    this.runner = runner;
    this.larder = runner.equals("DirectRunner") ? Launch.larder(folder, own).forLong() : own;
  }

  /**
   * @param plot where to draw what happened over time
   */
  List<String> measure(LiveLoad load, Path plot) {
    Tables.delete(folder);
    try (Services services = Services.in(folder).withMySql(Orders.SOURCE).withConnect().start();
        Sql sql = prepared(services.mySql(Orders.SOURCE), load.orders())) {
      LiveWriter writer = new LiveWriter(sql.connection(), load);
      String lake = folder.resolve("lake").toString();
      LiveWatch watch = new LiveWatch(lake, writer, load.count());
      CompletableFuture<Child.Took> stream =
          CompletableFuture.supplyAsync(() -> stream(services, lake));
      awaitHandOver(lake, stream);
      long from = System.currentTimeMillis();
      Thread writing = new Thread(writer, "writer");
      writing.start();
      List<Sample> samples = new ArrayList<>();
      long next = 0;
      long ended = 0;
      while (!stream.isDone()) {
        watch.look();
        long second = (System.currentTimeMillis() - from) / 1_000;
        if (!writing.isAlive()) {
          ended = ended == 0 ? second : ended;
          if (second >= ended + LAST_SECONDS && !Files.exists(folder.resolve(STOP))) {
            Files.createFile(folder.resolve(STOP));
          }
        }
        if (second >= next && writing.isAlive()) {
          long[] files = watch.files();
          samples.add(new Sample(second, watch.lag(), LastBatch.of(lake), files[0], files[1]));
          next = second + SAMPLE_SECONDS;
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      Child.Took took = stream.join();
      watch.look();
      LiveChart.draw(plot, from, samples, took.lines());
      return table(watch, took, load, samples);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the live run failed", e);
    }
  }

  /** What stood at some second of the run. */
  record Sample(long second, long lag, LastBatch batch, long mostFiles, long files) {}

  /**
   * What the ledger says of a batch.
   *
   * @param commitSeconds the longest commit of a table
   */
  record LastBatch(double seconds, double commitSeconds) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the latest that is done; zeros if there is none. */
    static LastBatch of(String lake) {
      List<LedgerEntry> batches = Ledger.open(lake).entries(Ledger.STREAM);
      for (int i = batches.size() - 1; i >= 0; i--) {
        if (batches.get(i).state() == LedgerEntry.State.DONE) {
          return of(batches.get(i));
        }
      }
      return new LastBatch(0, 0);
    }

    private static LastBatch of(LedgerEntry batch) {
      try {
        JsonNode body = JSON.readTree(batch.body());
        return new LastBatch(
            body.path("seconds").asDouble(), body.path("commit_seconds").asDouble());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(batch.body(), e);
      }
    }
  }

  private static Sql prepared(MySqlServer server, int orders) throws SQLException {
    Sql sql = server.connect(Orders.SOURCE, server.app());
    String columns = Orders.COLUMNS.substring(0, Orders.COLUMNS.length() - 1);
    return sql.run(
        "CREATE TABLE orders " + columns + ", change_no BIGINT)",
        "SET SESSION cte_max_recursion_depth = " + orders,
        "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE"
            + " i < "
            + orders
            + ") SELECT i, 1 + i % 800, i % 3000000, CONCAT('PZ-', 1000 + i % 200, '-CLASSIC'), 1 +"
            + " i % 6, 299 + i % 1000, 'CREATED', NOW(6), NULL FROM n",
        "ANALYZE TABLE orders");
  }

  private Child.Took stream(Services services, String lake) {
    MySqlServer server = services.mySql(Orders.SOURCE);
    try {
      Path model = folder.resolve("live.vault.yaml");
      Files.writeString(
          model,
          Orders.streamModel(Orders.SOURCE).replace("created_at]", "created_at, change_no]"));
      return larder.run(
          LarderLive.class,
          lake,
          model,
          Orders.SOURCE + "=" + server.sourceUrl(Orders.SOURCE, server.cdc()),
          services.kafka().bootstrapServers(),
          services.connect().restUrl(),
          runner,
          folder.resolve(STOP),
          "--interval=" + System.getProperty("bench.live.interval", "PT0.2S"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void awaitHandOver(String lake, CompletableFuture<?> stream) {
    while (!stream.isDone()
        && Ledger.open(lake).entries(Ledger.HAND_OVER).stream()
            .noneMatch(entry -> entry.state() == LedgerEntry.State.DONE)) {
      LockSupport.parkNanos(1_000_000_000L);
    }
  }

  private List<String> table(
      LiveWatch watch, Child.Took took, LiveLoad load, List<Sample> samples) {
    List<Long> delays = watch.delays(load.warmUp(), load.count());
    Report.Table table =
        new Report.Table(
            String.format(
                Locale.ROOT,
                "%,d changes/s in MySQL for %,d s, to a row in the vault, %s",
                load.rate(),
                load.seconds(),
                runner),
            "seen",
            "p50 s",
            "p95 s",
            "p99 s",
            "max s",
            "lag at the end",
            "last batch s, commit",
            "files, most of a table",
            "CPU µs a change",
            "peak MiB");
    Sample last = samples.get(samples.size() - 1);
    table.row(
        String.format(Locale.ROOT, "%,d", delays.size()),
        at(delays, 0.5),
        at(delays, 0.95),
        at(delays, 0.99),
        at(delays, 1),
        String.format(Locale.ROOT, "%,d", last.lag()),
        Child.text(last.batch().seconds()) + ", " + Child.text(last.batch().commitSeconds()),
        String.format(Locale.ROOT, "%,d, %,d", last.files(), last.mostFiles()),
        Child.text(
            took.at("stream", "cpuSeconds") / took.at("stream", "seconds") / load.rate() * 1e6),
        Child.text(took.at("stream", "peakMiB")));
    return table.lines();
  }

  private static String at(List<Long> sorted, double part) {
    if (sorted.isEmpty()) {
      return "-";
    }
    int index = (int) Math.ceil(part * sorted.size()) - 1;
    return Child.text(sorted.get(Math.max(0, index)) / 1_000.0);
  }

  /** Figures of a JVM's own samples, by name. */
  static double figure(Map<String, String> line, String name) {
    return Double.parseDouble(line.getOrDefault(name, "0"));
  }
}
