package dev.larder.runners.direct;

import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.testdata.binlog.BinlogPlace;
import dev.larder.testdata.binlog.Replay;
import dev.larder.testdata.fire.FireDatabase;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** Holds the lake of a {@link FireDatabase} against the oracle, version by version. */
final class FireProof {
  private static final List<String> CODE = List.of("code");
  private static final List<String> NUMBER = List.of("number");
  private static final List<String> SLOT = List.of("place", "slot");
  private static final List<String> ITEM =
      List.of(
          "name",
          "price",
          "quantity",
          "weight",
          "made_on",
          "made_at",
          "touched_at",
          "state",
          "digest",
          "note");

  private final StoredVault vault;
  private final Replay replay;
  private final BinlogPosition p0;
  private final BinlogPosition p1;
  private final List<String> differences = new ArrayList<>();
  private long rows;
  private long repeated;

  /**
   * @param replay from before the first snapshot to the end of all
   */
  FireProof(Path lake, Replay replay) {
    this.vault = new StoredVault(lake);
    this.replay = replay;
    Ledger ledger = Ledger.open(lake.toString());
    this.p0 = position(ledger, State.PLANNED);
    this.p1 = position(ledger, State.DONE);
  }

  private static BinlogPosition position(Ledger ledger, State state) {
    String body = ledger.find(Ledger.SNAPSHOT, 1, state).orElseThrow().body();
    return SnapshotEntry.fromJson(body).positions().get(FireDatabase.NAME);
  }

  private static BinlogPlace place(BinlogPosition position) {
    return new BinlogPlace(position.file(), position.position());
  }

  /** How many changes the log has between P0 and P1, while the snapshot read. */
  long changesWhileReading() {
    BinlogPlace end = place(p1);
    return replay.tables().stream()
        .flatMap(table -> replay.changes(table, place(p0)).stream())
        .filter(change -> change.place().compareTo(end) < 0)
        .count();
  }

  /** How many changes the log has since P0. */
  long changes() {
    return replay.tables().stream()
        .mapToLong(table -> replay.changes(table, place(p0)).size())
        .sum();
  }

  /** How many versions were compared. */
  long rows() {
    return rows;
  }

  /**
   * How many changes bronze holds more than once: it keeps every record of Kafka, and a connector
   * that is killed or rewound sends some again. Who reads bronze takes each place in the log once.
   */
  long repeated() {
    return repeated;
  }

  /** Where the vault and the oracle differ; nothing if they do not. */
  List<String> differences() {
    items();
    owners();
    stocks();
    return differences;
  }

  private ExpectedVault expected(String table) {
    return new ExpectedVault(replay, replay.table(table), place(p0), p0.recordedAt());
  }

  private void items() {
    ExpectedVault items = expected("items");
    Map<ByteBuffer, String> codes = vault.keys("item", CODE);
    Map<String, Map<ByteBuffer, String>> keys =
        Map.of("item", codes, "owner", vault.keys("owner", NUMBER));
    List<String> pair = List.of("item", "owner");
    compare("hub_item", items.keys(CODE), vault.hub("item", CODE));
    compare(
        "sat_item_f",
        items.versions(CODE, ITEM),
        vault.satellite("vault/sat_item_f", "item_hk", codes, ITEM));
    compare(
        "sts_item_f_items",
        items.status(CODE),
        vault.satellite("vault/sts_item_f_items", "item_hk", codes, List.of("status")));
    compare(
        "link_item_owner",
        items.keys(List.of("code", "owner_no")),
        vault.link("item_owner", keys, pair));
    compare(
        "sat_item_owner_eff",
        items.relations(CODE, List.of("owner_no")),
        vault.relations("vault/sat_item_owner_eff", keys, "item", "owner"));
    compare(
        "item_history",
        items.history(List.of("id"), List.of("code", "owner_no", "name", "price", "quantity")),
        vault.history(
            "item_history", List.of("Id"), List.of("Code", "Owner", "Name", "Price", "Quantity")));
    bronze("items", items);
  }

  /** Their hub is fed by two tables, of which either may be the first: keys alone are compared. */
  private void owners() {
    ExpectedVault owners = expected("owners");
    Map<ByteBuffer, String> numbers = vault.keys("owner", NUMBER);
    compare(
        "sat_owner_f",
        owners.versions(NUMBER, List.of("name", "city")),
        vault.satellite("vault/sat_owner_f", "owner_hk", numbers, List.of("name", "city")));
    compare(
        "sts_owner_f_owners",
        owners.status(NUMBER),
        vault.satellite("vault/sts_owner_f_owners", "owner_hk", numbers, List.of("status")));
    compare(
        "owner_history",
        owners.history(NUMBER, List.of("name", "city")),
        vault.history("owner_history", List.of("Number"), List.of("Name", "City")));
    HashSet<String> both = new HashSet<>(owners.keys(NUMBER).keySet());
    both.addAll(expected("items").keys(List.of("owner_no")).keySet());
    if (!both.equals(new HashSet<>(numbers.values()))) {
      differences.add("hub_owner: " + numbers.size() + " keys instead of " + both.size());
    }
    bronze("owners", owners);
  }

  private void stocks() {
    ExpectedVault stocks = expected("stocks");
    Map<ByteBuffer, String> slots = vault.keys("stock", SLOT);
    List<String> payload = List.of("quantity", "note");
    compare("hub_stock", stocks.keys(SLOT), vault.hub("stock", SLOT));
    compare(
        "sat_stock_f",
        stocks.versions(SLOT, payload),
        vault.satellite("vault/sat_stock_f", "stock_hk", slots, payload));
    compare(
        "sts_stock_f_stocks",
        stocks.status(SLOT),
        vault.satellite("vault/sts_stock_f_stocks", "stock_hk", slots, List.of("status")));
    compare(
        "stock_history",
        stocks.history(SLOT, payload),
        vault.history("stock_history", List.of("Place", "Slot"), List.of("Quantity", "Note")));
    bronze("stocks", stocks);
  }

  private void compare(
      String table, Map<String, List<String>> expected, Map<String, List<String>> actual) {
    differences.addAll(ExpectedVault.differences(table, expected, actual));
    rows += expected.values().stream().mapToLong(List::size).sum();
  }

  /** Every change of the log is there, and nothing else. */
  private void bronze(String table, ExpectedVault expected) {
    List<String> found = vault.logged("bronze/f/" + table);
    List<String> once = found.stream().distinct().toList();
    repeated += found.size() - once.size();
    String what = "places in the log";
    compare("bronze/f/" + table, Map.of(what, expected.places()), Map.of(what, once));
  }
}
