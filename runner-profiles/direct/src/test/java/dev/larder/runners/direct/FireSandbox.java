package dev.larder.runners.direct;

import dev.larder.testdata.fire.FireDatabase;
import dev.larder.testdata.fire.FireWriter;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One MySQL with a {@link FireDatabase}, a broker and Connect, and the writers that are at work.
 */
final class FireSandbox implements AutoCloseable {
  private static final int WRITERS = 2;

  private final Services services;
  private final Path folder;
  private final Path model;
  private final int items;
  private final List<FireWriter> writers = new ArrayList<>();
  private final List<Future<?>> writing = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
  private volatile Instant end = Instant.MAX;

  private FireSandbox(Services services, Path folder, int items) throws IOException {
    this.services = services;
    this.folder = folder;
    this.items = items;
    this.model = FireDatabase.writeModelTo(folder.resolve("model"));
  }

  /**
   * Fills the tables of a server that keeps its data in a directory, and stops it: a copy of the
   * directory is a filled server whose log does not hold that.
   */
  static void fill(Path servers, int items) throws SQLException {
    try (Services services = Services.in(servers).withMySql(FireDatabase.NAME).start()) {
      MySqlServer server = services.mySql(FireDatabase.NAME);
      FireDatabase.create(server, items);
      try (Sql sql = server.connect(FireDatabase.NAME, server.admin())) {
        // Not RESET MASTER: Debezium cannot start where a server with GTIDs has executed none.
        sql.run("FLUSH BINARY LOGS", "PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY");
      }
    }
  }

  /**
   * Starts the servers and fills the tables if there are none.
   *
   * @param servers where they keep their data
   * @param folder where the lake and the logs are left for whoever looks into a failure
   */
  static FireSandbox start(Path servers, Path folder, int items) throws IOException, SQLException {
    Folders.empty(folder);
    Services services =
        Services.in(servers).withMySql(FireDatabase.NAME).withKafka().withConnect().start();
    FireSandbox sandbox = new FireSandbox(services, folder, items);
    if (!FireDatabase.isFilled(sandbox.mySql())) {
      FireDatabase.create(sandbox.mySql(), items);
    }
    return sandbox;
  }

  Services services() {
    return services;
  }

  MySqlServer mySql() {
    return services.mySql(FireDatabase.NAME);
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path lake() {
    return folder.resolve("lake");
  }

  /** Options that say where everything is. */
  List<String> options() {
    return List.of(
        "--model=" + model,
        "--lake=" + lake(),
        "--source=" + FireDatabase.NAME + "=" + mySql().sourceUrl(FireDatabase.NAME, mySql().cdc()),
        "--bootstrapServers=" + services.kafka().bootstrapServers(),
        "--connect=" + services.connect().restUrl());
  }

  /** The options of a verb that does not look at the log. */
  List<String> withoutKafka() {
    return options().subList(0, 3);
  }

  /**
   * Lets writers work until {@link #stopWriting} or for as long as {@link #writeFor} says.
   *
   * @param perSecond row changes of all of them
   */
  void write(long seed, double perSecond) {
    for (int part = 0; part < WRITERS; part++) {
      writers.add(new FireWriter(mySql(), seed, part, WRITERS, items, perSecond / WRITERS));
    }
    startWriters();
  }

  /** Lets writers that have stopped write again for so long, and waits for them. */
  void writeAgainFor(Duration time) throws InterruptedException, ExecutionException {
    writeFor(time);
    startWriters();
    awaitWriters();
  }

  private void startWriters() {
    for (FireWriter writer : writers) {
      writing.add(threads.submit(() -> writer.runUntil(this::isOver)));
    }
  }

  private boolean isOver() {
    return !Instant.now().isBefore(end);
  }

  /** Lets the writers go on for so long, and does not wait for them. */
  void writeFor(Duration time) {
    end = Instant.now().plus(time);
  }

  /** Fails as a writer has failed. */
  void requireWriters() throws InterruptedException, ExecutionException {
    for (Future<?> writer : writing) {
      if (writer.isDone()) {
        writer.get();
      }
    }
  }

  /** Stops the writers and waits until their last transactions are committed. */
  void stopWriting() throws InterruptedException, ExecutionException {
    writeFor(Duration.ZERO);
    awaitWriters();
  }

  /** Waits until the last transactions of writers that stop by themselves are committed. */
  void awaitWriters() throws InterruptedException, ExecutionException {
    for (Future<?> writer : writing) {
      writer.get();
    }
  }

  @Override
  public void close() {
    writeFor(Duration.ZERO);
    threads.shutdownNow();
    services.close();
  }
}
