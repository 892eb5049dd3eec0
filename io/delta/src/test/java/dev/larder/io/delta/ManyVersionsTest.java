package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Keys with many stored rows, of which a merge looks at those that can matter. */
public class ManyVersionsTest {
  private static final String SATELLITE = "satellite";
  private static final String HISTORY = "history";
  private static final int KEYS = 700;
  private static final int BATCHES = 6;
  private static final long OPEN = 1_000_000L;
  private static final RowSchema ROWS =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("at", ColumnType.TIMESTAMP));
  private static final RowSchema VERSIONS =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("from", ColumnType.TIMESTAMP),
          Column.nullable("to", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));
  private static final List<String> KEY = List.of("hk");
  private static final List<String> COMPARED = List.of("name");
  private static final List<TableSpec> SPECS =
      List.of(
          new TableSpec(
              SATELLITE, ROWS, new LoadRule.InsertIfChanged(KEY, "at", COMPARED), 1, Map.of()),
          new TableSpec(
              HISTORY,
              VERSIONS,
              new LoadRule.Scd2(KEY, COMPARED, "from", "to", "current", OPEN),
              1,
              Map.of()));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final Random random = new Random(5);

  /** By key: names by time. */
  private final Map<Integer, TreeMap<Long, String>> events = new TreeMap<>();

  @Test
  public void rowsThatRepeatTheNewestOrComeLateAreTakenForWhatTheyAre() {
    for (int batch = 0; batch < BATCHES; batch++) {
      List<TableRow> rows = new ArrayList<>();
      for (int key = 0; key < KEYS; key++) {
        add(rows, key, 100L * batch, "name " + batch);
      }
      load(batch, rows);
    }
    List<TableRow> last = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      switch (random.nextInt(4)) {
        case 0 -> add(last, key, 100L * BATCHES, "name " + (BATCHES - 1));
        case 1 -> add(last, key, 100L * random.nextInt(BATCHES) + 50, "late");
        case 2 -> {
          add(last, key, 100L * BATCHES, "new");
          add(last, key, 100L * BATCHES + 1, "newer");
        }
        default -> {}
      }
    }
    load(BATCHES, last);

    assertThat(rows(SATELLITE), is(expected(false)));
    assertThat(rows(HISTORY), is(expected(true)));
  }

  private void add(List<TableRow> rows, int key, long at, String name) {
    events.computeIfAbsent(key, any -> new TreeMap<>()).put(at, name);
    rows.add(Rows.put(SATELLITE, ROWS, at, hash(key), name, at));
    rows.add(Rows.put(HISTORY, VERSIONS, at, hash(key), name, at, null, null));
  }

  private static byte[] hash(int key) {
    byte[] hash = new byte[16];
    new Random(key).nextBytes(hash);
    return hash;
  }

  private void load(long batch, List<TableRow> rows) {
    new SteppedLoad(folder.getRoot().toString(), SPECS, "test", batch).deal(rows).merge().commit();
  }

  /** Each change of a name, with its end or without. */
  private List<String> expected(boolean withEnds) {
    List<String> rows = new ArrayList<>();
    events.forEach(
        (key, names) -> {
          TreeMap<Long, String> changes = new TreeMap<>();
          names.forEach(
              (at, name) -> {
                if (changes.isEmpty() || !changes.lastEntry().getValue().equals(name)) {
                  changes.put(at, name);
                }
              });
          changes.forEach(
              (at, name) -> {
                Long end = changes.higherKey(at);
                rows.add(
                    Rows.text(
                        withEnds
                            ? new Object[] {
                              hash(key), name, at, end == null ? OPEN : end, end == null
                            }
                            : new Object[] {hash(key), name, at}));
              });
        });
    rows.sort(null);
    return rows;
  }

  private List<String> rows(String table) {
    return Rows.read(DeltaTable.of(folder.getRoot().toString(), table).latest());
  }
}
