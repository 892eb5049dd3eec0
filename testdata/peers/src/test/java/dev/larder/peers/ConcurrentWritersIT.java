package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.TableRow;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark deletes, merges and compacts in the same files that Larder merges into at the same time:
 * each of the two ends as if the other had waited for it.
 */
public class ConcurrentWritersIT {
  private static final Logger LOG = LoggerFactory.getLogger(ConcurrentWritersIT.class);
  private static final LoadedTable TABLE = LoadedTable.SCD2;
  private static final int LARDERS_KEYS = 8;
  private static final int SPARKS_KEYS = 100;
  private static final int ROUNDS = 4;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ReentrantLock turn = new ReentrantLock();
  private final Random random = new Random(7);
  private Lake lake;
  private String table;

  @Test
  public void mergesOfBothLoseNothing() throws Exception {
    lake = new Lake(folder.getRoot().toPath());
    table = SparkPeer.table(lake.table(TABLE.spec().name()));
    List<List<TableRow>> larders = new ArrayList<>();
    for (int key = 0; key < LARDERS_KEYS; key++) {
      larders.add(new ArrayList<>(List.of(TABLE.version(key, 0))));
    }
    List<TableRow> all =
        new ArrayList<>(larders.stream().map(versions -> versions.get(0)).toList());
    for (int i = 0; i < 2 * ROUNDS; i++) {
      all.add(TABLE.version(SPARKS_KEYS + i, 0));
    }
    lake.load(TABLE.spec(), all);

    CompletableFuture<Void> spark = CompletableFuture.runAsync(this::runSpark);
    int merges = 0;
    while (!isDone(spark)) {
      mergeInTurn(nextVersions(larders, ++merges));
    }

    assertThat("merges beside Spark", merges, greaterThan(1));
    List<Object[]> expected = new ArrayList<>();
    larders.forEach(versions -> expected.addAll(LoadedTable.history(versions)));
    for (int i = 0; i < ROUNDS; i++) {
      TableRow merged = TABLE.version(SPARKS_KEYS + ROUNDS + i, 0);
      merged.values()[1] = "by Spark";
      expected.addAll(LoadedTable.history(List.of(merged)));
    }
    assertThat(Lake.texts(lake.rows(TABLE.spec().name())), is(Lake.texts(expected)));
    assertThat(
        Lake.texts(SparkPeer.rows(lake.table(TABLE.spec().name()), TABLE.spec().schema())),
        is(Lake.texts(expected)));
  }

  private static List<TableRow> nextVersions(List<List<TableRow>> larders, int number) {
    List<TableRow> batch = new ArrayList<>();
    for (int key = number % 2; key < LARDERS_KEYS; key += 2) {
      batch.add(TABLE.version(key, number));
      larders.get(key).add(batch.get(batch.size() - 1));
    }
    return batch;
  }

  private void runSpark() {
    for (int i = 0; i < ROUNDS; i++) {
      untilItLands("DELETE FROM " + table + " WHERE id = " + (SPARKS_KEYS + i));
      untilItLands(
          "MERGE INTO "
              + table
              + " t USING (SELECT "
              + (SPARKS_KEYS + ROUNDS + i)
              + "L AS id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET name = 'by Spark'");
      untilItLands("OPTIMIZE " + table);
    }
  }

  /**
   * Spark does not run a statement again whose files another writer has changed meanwhile: it is
   * run a second time while Larder waits, or it might never land on a slow machine.
   */
  private void untilItLands(String statement) {
    try {
      SparkPeer.sql(statement);
    } catch (RuntimeException e) {
      if (!(e instanceof DeltaConcurrentModificationException)) {
        throw e;
      }
      LOG.info("Spark gives way once: {}", e.getClass().getSimpleName());
      turn.lock();
      try {
        SparkPeer.sql(statement);
      } finally {
        turn.unlock();
      }
    }
  }

  private void mergeInTurn(List<TableRow> batch) {
    turn.lock();
    try {
      lake.load(TABLE.spec(), batch);
    } finally {
      turn.unlock();
    }
  }

  /** Waits a random while, so that merges start at every stage of a statement of Spark's. */
  private boolean isDone(CompletableFuture<Void> spark)
      throws InterruptedException, ExecutionException {
    try {
      spark.get(random.nextInt(500), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    }
  }
}
