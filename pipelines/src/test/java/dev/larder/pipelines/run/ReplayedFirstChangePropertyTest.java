package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.bronze.LaterChanges;
import dev.larder.transforms.bronze.SnapshotRepair;
import dev.larder.transforms.bronze.SnapshotWindow;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.VaultKeys;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Changes of the time of a snapshot that were dead letters at the hand-over and are replayed later:
 * at every later place of the log the vault says what it says if they had been there.
 */
class ReplayedFirstChangePropertyTest {
  private static final TableId ID = new TableId("pos", "orders");
  private static final TableSchema ORDERS =
      new TableSchema(
          ID,
          RowSchema.of(
              Column.required("id", ColumnType.INT),
              Column.required("number", ColumnType.STRING),
              Column.nullable("state", ColumnType.STRING)),
          List.of("id"));
  private static final VaultTables TABLES =
      VaultTables.of(
          VaultModelReader.read(
              "vault.yaml",
              """
              vault: pizza
              sources:
                pos: {database: pos, record_source: POS}
              hubs:
                order: number
              tables:
                pos.orders:
                  order: number
                  satellites: {order_pos: {of: order, columns: [state]}}
                  history:
                    order_history: {load: scd2, key: {Id: id}, columns: {State: state}}
              """),
          Map.of(ID, ORDERS),
          1);
  private static final int EVENTS = 12;
  private static final Sequence P0 = new Sequence(1, 0, 0);
  private static final SnapshotWindow WINDOW =
      new SnapshotWindow(P0, 0, new Sequence(1, EVENTS, 1));
  private static final SnapshotRepair REPAIR = new SnapshotRepair(Map.of(ID, WINDOW));

  /**
   * The log, and the rows as a snapshot finds them, each at some moment while the log is written.
   */
  private static final class Source {
    private final List<ChangeRecord> log = new ArrayList<>();
    private final List<ChangeRecord> read = new ArrayList<>();

    Source(Random random) {
      for (long id = 1; id <= 3; id++) {
        Object[] now = random.nextBoolean() ? row(id, random) : null;
        int readAt = random.nextInt(EVENTS);
        for (int step = (int) id; step <= EVENTS; step += 3) {
          if (readAt < step && readAt >= step - 3 && now != null) {
            read.add(ChangeRecord.read(ORDERS, now, 0, P0));
          }
          if (random.nextBoolean()) {
            now = change(step, now, now != null && random.nextInt(3) == 0 ? null : row(id, random));
          }
        }
      }
    }

    private Object[] change(int step, Object[] before, Object[] after) {
      log.add(
          new ChangeRecord(
              ORDERS,
              before == null
                  ? Operation.CREATE
                  : after == null ? Operation.DELETE : Operation.UPDATE,
              before,
              after,
              step * 1_000_000L,
              new Sequence(1, step, 0),
              Origin.LOG,
              null));
      return after;
    }

    private static Object[] row(long id, Random random) {
      return new Object[] {id, "N" + id, "S" + random.nextInt(3)};
    }
  }

  /** What is first known of each key. */
  private static Map<String, ChangeRecord> first(List<ChangeRecord> log) {
    Map<String, ChangeRecord> first = new HashMap<>();
    log.forEach(
        change ->
            REPAIR.touched(change, (key, each) -> first.merge(key, each, SnapshotRepair::first)));
    return first;
  }

  private static List<ChangeRecord> history(List<ChangeRecord> read, List<ChangeRecord> log) {
    Map<String, ChangeRecord> first = first(log);
    List<ChangeRecord> history = new ArrayList<>(log);
    read.stream()
        .filter(row -> !first.containsKey(SnapshotRepair.key(ORDERS, row.after())))
        .forEach(history::add);
    first.forEach((key, change) -> REPAIR.rowAtStart(key, change).ifPresent(history::add));
    return history;
  }

  @Property(tries = 300)
  void theVaultSaysWhatItWouldHaveSaid(@ForAll long seed, @ForAll long lost) {
    Source source = new Source(new Random(seed));
    Random random = new Random(lost);
    Set<ChangeRecord> letters = new HashSet<>();
    source.log.stream().filter(change -> random.nextInt(3) == 0).forEach(letters::add);
    List<ChangeRecord> known =
        source.log.stream().filter(change -> !letters.contains(change)).toList();
    MemoryVault undisturbed = new MemoryVault(TABLES);
    undisturbed.load(history(source.read, source.log));

    MemoryVault vault = new MemoryVault(TABLES);
    List<ChangeRecord> before = history(source.read, known);
    vault.load(before);
    List<ChangeRecord> back = new ArrayList<>(letters);
    Map<String, ChangeRecord> knownFirst = first(known);
    first(List.copyOf(letters))
        .forEach(
            (key, change) -> {
              ChangeRecord other = knownFirst.get(key);
              if (other == null || SnapshotRepair.first(other, change) == change) {
                back.add(REPAIR.correction(key, change));
              }
            });
    LaterChanges later = new LaterChanges(new VaultKeys(TABLES));
    back.forEach(later::touch);
    before.stream().filter(later::isLater).forEach(back::add);
    vault.load(back);

    for (int step = 1; step <= EVENTS; step++) {
      String place = new Sequence(1, step, 9).text();
      assertThat(stateAt(vault, place), is(stateAt(undisturbed, place)));
    }
    assertThat(versions(vault), is(versions(undisturbed)));
  }

  private static Map<String, String> stateAt(MemoryVault vault, String place) {
    Map<String, String> states = latest(vault, "vault/sat_order_pos", "state", place);
    latest(vault, "vault/sts_order_pos_orders", "status", place)
        .forEach(
            (key, status) -> {
              if (status.equals("D")) {
                states.remove(key);
              }
            });
    return states;
  }

  private static Map<String, String> latest(
      MemoryVault vault, String table, String column, String place) {
    RowSchema schema = TABLES.table(table).spec().schema();
    Map<String, TreeMap<String, String>> versions = new TreeMap<>();
    for (Object[] row : vault.rows(table)) {
      String key = HexFormat.of().formatHex((byte[]) row[0]);
      String seq = (String) row[schema.position("_seq")];
      if (seq.compareTo(place) <= 0) {
        versions
            .computeIfAbsent(key, any -> new TreeMap<>())
            .put(seq, (String) row[schema.position(column)]);
      }
    }
    Map<String, String> latest = new TreeMap<>();
    versions.forEach((key, each) -> latest.put(key, each.lastEntry().getValue()));
    return latest;
  }

  /** Versions of the history that hold at some time. */
  private static Set<String> versions(MemoryVault vault) {
    RowSchema schema = TABLES.table("vault/order_history").spec().schema();
    Set<String> versions = new HashSet<>();
    for (Object[] row : vault.rows("vault/order_history")) {
      Object from = row[schema.position("EffectiveFrom")];
      Object to = row[schema.position("EffectiveTo")];
      if (!from.equals(to)) {
        versions.add(row[schema.position("Id")] + " " + row[schema.position("State")] + " " + from);
      }
    }
    return versions;
  }
}
