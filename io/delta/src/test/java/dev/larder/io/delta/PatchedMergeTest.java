package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Histories of which versions end in files that are too large to be written anew for it. */
public class PatchedMergeTest {
  private static final String TABLE = "history";
  private static final int KEYS = 20_000;
  private static final long SECOND = 1_000_000L;
  private static final long OPEN = 1_000_000 * SECOND;
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("payload", ColumnType.BINARY),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));
  private static final TableSpec SPEC =
      new TableSpec(
          TABLE,
          SCHEMA,
          new LoadRule.Scd2(List.of("hk"), List.of("payload"), "from", "to", "current", OPEN),
          1,
          Map.of());

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Random random = new Random(11);

  /** By key: payloads by start, null where the key is gone. */
  private final Map<Integer, TreeMap<Long, byte[]>> events = new TreeMap<>();

  @Test
  public void versionsEndWhereTheyStandAndFilesStayFew() {
    List<TableRow> first = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      first.add(row(key, 1));
    }
    load(0, first);
    List<String> before = paths();
    for (int batch = 1; batch <= 24; batch++) {
      List<TableRow> rows = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        int key = random.nextInt(KEYS);
        boolean lives = events.get(key).lastEntry().getValue() != null;
        rows.add(lives && i % 4 == 0 ? gone(key, batch * 10L) : row(key, batch * 10L));
      }
      load(batch, rows);
    }

    assertThat(stored(), is(expected()));
    assertThat(before.size(), is(1));
    // What the first file became, and small ones that are folded from time to time.
    assertThat(paths().size(), lessThan(PartMerge.MAX_LIKE_FILES + 3));
  }

  @Test
  public void aPatchedFileKeepsItsBytesAndLeavesNewVersionsToAnother() {
    List<TableRow> first = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      first.add(row(key, 1));
    }
    load(0, first);
    load(1, List.of(row(7, 10), row(KEYS - 1, 10)));

    List<Long> rows = new ArrayList<>();
    for (DataFile file : live()) {
      rows.add(Long.valueOf(file.stats().replaceAll(".*\"numRecords\":(\\d+).*", "$1")));
    }
    assertThat(rows, hasItem((long) KEYS));
    assertThat(rows, hasItem(2L));
    assertThat(stored(), is(expected()));
  }

  @Test
  public void eventsThatComeAgainAreMergedBesideVersionsThatEnd() {
    List<TableRow> first = firstRows();
    load(0, first);
    List<TableRow> rows = new ArrayList<>();
    for (int key = 0; key < KEYS; key += 2) {
      rows.add(key % 5_000 == 0 ? first.get(key) : row(key, 10));
    }
    load(1, rows);

    assertThat(stored(), is(expected()));
    assertThat(live().size(), is(2));
  }

  @Test
  public void lateAndCorrectedEventsAreMergedBesideVersionsThatEnd() {
    load(0, firstRows());
    List<TableRow> rows = new ArrayList<>();
    for (int key = 0; key < KEYS; key += 2) {
      rows.add(key % 5_000 == 0 ? row(key, 1) : row(key, key % 4_000 == 2 ? 0 : 10));
    }
    load(1, rows);
    rows.clear();
    for (int key = 0; key < KEYS; key += 3) {
      rows.add(key % 900 == 0 ? row(key, 5) : key % 900 == 6 ? gone(key, 10) : gone(key, 20));
    }
    load(2, rows);

    assertThat(stored(), is(expected()));
  }

  @Test
  public void endedVersionsMoveToFilesThatMergesLeaveAlone() throws IOException {
    loadInTurns(0, 12);

    List<DataFile> ended = ended();
    assertThat(ended.isEmpty(), is(false));
    hide(ended, true);
    loadInTurns(12, 16);
    assertThat(live().containsAll(ended), is(true));
    hide(ended, false);
    assertThat(stored(), is(expected()));
  }

  @Test
  public void lateRowsFindVersionsThatEndedLongAgo() {
    loadInTurns(0, 12);
    assertThat(ended().isEmpty(), is(false));
    List<TableRow> rows = new ArrayList<>();
    for (int key = 0; key < KEYS; key += 50) {
      rows.add(key % 100 == 0 ? row(key, 3) : gone(key, 25));
    }
    load(12, rows);

    assertThat(stored(), is(expected()));
  }

  @Test
  public void bytesOfABatchDoNotGrowWithTheAgeOfTheTable() {
    loadInTurns(0, 8);
    long young = written(8, 16);
    loadInTurns(16, 40);
    long old = written(40, 48);

    // Three versions of each key then, eight now.
    assertThat(old, lessThan(young * 3 / 2));
    assertThat(stored(), is(expected()));
    assertThat(live().size(), lessThan(3 * PartMerge.MAX_LIKE_FILES));
  }

  /** Loads batches in each of which every sixth key begins a version anew. */
  private void loadInTurns(int from, int to) {
    for (int batch = from; batch < to; batch++) {
      List<TableRow> rows = new ArrayList<>();
      for (int key = batch == 0 ? 0 : batch % 6; key < KEYS; key += batch == 0 ? 1 : 6) {
        rows.add(row(key, batch * 10L));
      }
      load(batch, rows);
    }
  }

  /** Bytes of the files that some such batches write. */
  private long written(int from, int to) {
    long bytes = 0;
    for (int batch = from; batch < to; batch++) {
      Set<String> before = Set.copyOf(paths());
      loadInTurns(batch, batch + 1);
      for (DataFile file : live()) {
        bytes += before.contains(file.path()) ? 0 : file.size();
      }
    }
    return bytes;
  }

  private List<DataFile> ended() {
    EndedVersions ended = EndedVersions.of(SPEC.rule(), SCHEMA);
    return live().stream().filter(ended::areAllEnded).toList();
  }

  /** Takes files away, as far as who opens them sees; or brings them back. */
  private void hide(List<DataFile> files, boolean isHidden) throws IOException {
    for (DataFile file : files) {
      Path seen = folder.getRoot().toPath().resolve(TABLE).resolve(file.path());
      Path hidden = seen.resolveSibling("hidden-" + seen.getFileName());
      Files.move(isHidden ? seen : hidden, isHidden ? hidden : seen);
    }
  }

  private List<TableRow> firstRows() {
    List<TableRow> first = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      first.add(row(key, 1));
    }
    return first;
  }

  private TableRow row(int key, long from) {
    byte[] payload = new byte[64];
    random.nextBytes(payload);
    events.computeIfAbsent(key, any -> new TreeMap<>()).put(from, payload);
    return Rows.put(TABLE, SCHEMA, from, hash(key), payload, from * SECOND, null, null);
  }

  private TableRow gone(int key, long from) {
    events.get(key).put(from, null);
    return Rows.delete(TABLE, SCHEMA, from, hash(key), null, from * SECOND, null, null);
  }

  private static byte[] hash(int key) {
    byte[] hash = new byte[16];
    new Random(key).nextBytes(hash);
    return hash;
  }

  private void load(long batch, List<TableRow> rows) {
    // Of rows of one key and time the last counts; here each key has one event a batch.
    Map<String, TableRow> last = new TreeMap<>();
    rows.forEach(row -> last.put(Rows.text(new Object[] {row.values()[0]}), row));
    new SteppedLoad(folder.getRoot().toString(), List.of(SPEC), "test", batch)
        .deal(List.copyOf(last.values()))
        .merge()
        .commit();
  }

  private List<String> expected() {
    List<String> rows = new ArrayList<>();
    events.forEach(
        (key, versions) ->
            versions.forEach(
                (from, payload) -> {
                  if (payload != null) {
                    Long next = versions.higherKey(from);
                    rows.add(
                        Rows.text(
                            new Object[] {
                              hash(key),
                              payload,
                              from * SECOND,
                              next == null ? OPEN : next * SECOND,
                              next == null
                            }));
                  }
                }));
    rows.sort(null);
    return rows;
  }

  private List<String> stored() {
    return Rows.read(DeltaTable.of(folder.getRoot().toString(), TABLE).latest());
  }

  private List<DataFile> live() {
    return DeltaLogs.of(folder.getRoot().toString(), TABLE).latest().orElseThrow().files();
  }

  private List<String> paths() {
    return live().stream().map(DataFile::path).toList();
  }
}
