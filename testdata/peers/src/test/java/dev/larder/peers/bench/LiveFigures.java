package dev.larder.peers.bench;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From a commit in MySQL to a row in the vault, with everything on this machine: MySQL, Kafka,
 * Connect with Debezium, {@code larder stream} in a JVM of its own, a writer at a rate and a reader
 * of the satellite.
 */
final class LiveFigures {
  private static final int KEYS = 100_000;
  private static final int WARM_UP_SECONDS = 30;
  private static final int SAMPLE_SECONDS = 10;
  private static final long LOOK_NANOS = 50_000_000;
  private static final int LAST_SECONDS = 10;
  private static final String STOP = "stop";
  private static final Pattern SECONDS = Pattern.compile("\"seconds\":([0-9.]+)");

  private final Path folder;
  private final Child larder;
  private final String runner;

  /**
   * @param heap of Larder's JVM, as {@code -Xmx} takes it
   */
  LiveFigures(Path folder, Child child, String heap, String runner) {
    this.folder = folder.resolve("live");
    Child own = child.with(List.of("-Xmx" + heap));
    this.runner = runner;
    this.larder = runner.equals("DirectRunner") ? Launch.larder(folder, own).forLong() : own;
  }

  /**
   * @param rate changes a second
   * @param transaction changes in one
   * @param seconds after a warm-up
   * @param plot where to draw what happened over time
   */
  List<String> measure(int rate, int transaction, int seconds, Path plot) {
    Tables.delete(folder);
    int all = WARM_UP_SECONDS + seconds;
    try (Services services = Services.in(folder).withMySql(Orders.SOURCE).withConnect().start();
        Sql sql = prepared(services.mySql(Orders.SOURCE))) {
      LiveWriter writer =
          new LiveWriter(sql.connection(), KEYS, rate, transaction, (long) rate * all);
      String lake = folder.resolve("lake").toString();
      LiveWatch watch = new LiveWatch(lake, writer, (long) rate * all);
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
          samples.add(new Sample(second, watch.lag(), lastBatchSeconds(lake), files[0], files[1]));
          next = second + SAMPLE_SECONDS;
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
      Child.Took took = stream.join();
      watch.look();
      LiveChart.draw(plot, from, samples, took.lines());
      return table(watch, took, rate, seconds, samples);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the live run failed", e);
    }
  }

  /** What stood at some second of the run. */
  record Sample(long second, long lag, double batchSeconds, long mostFiles, long files) {}

  private static Sql prepared(MySqlServer server) throws SQLException {
    Sql sql = server.connect(Orders.SOURCE, server.app());
    String columns = Orders.COLUMNS.substring(0, Orders.COLUMNS.length() - 1);
    return sql.run(
        "CREATE TABLE orders " + columns + ", change_no BIGINT)",
        "SET SESSION cte_max_recursion_depth = " + KEYS,
        "INSERT INTO orders WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE"
            + " i < "
            + KEYS
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

  private static double lastBatchSeconds(String lake) {
    List<LedgerEntry> batches = Ledger.open(lake).entries(Ledger.STREAM);
    for (int i = batches.size() - 1; i >= 0; i--) {
      if (batches.get(i).state() == LedgerEntry.State.DONE) {
        Matcher seconds = SECONDS.matcher(batches.get(i).body());
        return seconds.find() ? Double.parseDouble(seconds.group(1)) : 0;
      }
    }
    return 0;
  }

  private List<String> table(
      LiveWatch watch, Child.Took took, int rate, int seconds, List<Sample> samples) {
    List<Long> delays =
        watch.delays((long) rate * WARM_UP_SECONDS, (long) rate * (WARM_UP_SECONDS + seconds));
    Report.Table table =
        new Report.Table(
            String.format(
                Locale.ROOT,
                "%,d changes/s in MySQL for %,d s, to a row in the vault, %s",
                rate,
                seconds,
                runner),
            "seen",
            "p50 s",
            "p95 s",
            "p99 s",
            "max s",
            "lag at the end",
            "last batch s",
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
        Child.text(last.batchSeconds()),
        String.format(Locale.ROOT, "%,d, %,d", last.files(), last.mostFiles()),
        Child.text(took.at("stream", "cpuSeconds") / took.at("stream", "seconds") / rate * 1e6),
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
