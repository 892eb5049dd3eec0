package dev.larder.testdata.chain;

import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a chain's past into its two servers, making both databases anew.
 *
 * <p><b>Cost</b>: one thread and one connection per server; each tells the past for itself and
 * writes the rows of its server, so that nothing is queued between them.
 *
 * <p><b>Errors</b>: {@link dev.larder.io.changes.SinkException} naming server and table; the other
 * server's load is then cancelled, and has ended when this returns. A load that failed is repeated
 * from its start.
 */
public final class ChainLoader {
  private static final Logger LOG = LoggerFactory.getLogger(ChainLoader.class);

  private final ChainDatabases databases;
  private final Consumer<LoadProgress> listener;

  private ChainLoader(ChainDatabases databases, Consumer<LoadProgress> listener) {
    this.databases = databases;
    this.listener = listener;
  }

  /** A loader into these servers. */
  public static ChainLoader into(ChainDatabases databases) {
    return new ChainLoader(databases, progress -> {});
  }

  /** Tells of the progress twice a second at most, from the loading threads, one at a time. */
  public ChainLoader withProgress(Consumer<LoadProgress> value) {
    return new ChainLoader(databases, value);
  }

  /** Drops, creates and fills both databases. */
  public LoadReport load(RowSource past) {
    LoadCounter counter = new LoadCounter(listener);
    List<Database> servers = List.of(databases.pos(), databases.erp());
    ExecutorService threads =
        Executors.newFixedThreadPool(
            servers.size(),
            work -> {
              Thread thread = new Thread(work, "chain-loader");
              thread.setDaemon(true);
              return thread;
            });
    try {
      CompletionService<Void> loads = new ExecutorCompletionService<>(threads);
      for (Database server : servers) {
        loads.submit(() -> load(server, past, counter), null);
      }
      for (int i = 0; i < servers.size(); i++) {
        loads.take().get();
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the chain was loaded", e);
    } finally {
      end(threads);
    }
    LoadReport report = counter.report();
    LOG.info(
        "Loaded the chain: {} rows in {} s, {} rows/s",
        report.totalRows(),
        report.elapsed().toSeconds(),
        report.rowsPerSecond());
    return report;
  }

  /** Cancels what still runs and waits for it, so that nothing writes after this returns. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    boolean interrupted = false;
    boolean ended = false;
    while (!ended) {
      try {
        ended = threads.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void load(Database server, RowSource past, LoadCounter counter) {
    ChainSchema.create(server);
    try (DatabaseSink sink = DatabaseSink.open(server, counter)) {
      past.writeTo(sink);
      sink.finish();
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
  }
}
