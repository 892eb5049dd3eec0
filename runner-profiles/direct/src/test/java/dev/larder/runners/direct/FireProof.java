package dev.larder.runners.direct;

import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.testdata.binlog.BinlogPlace;
import dev.larder.testdata.binlog.Replay;
import dev.larder.testdata.binlog.RowChange;
import dev.larder.testdata.fire.FireDatabase;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Holds the lake of a {@link FireDatabase} against the oracle, version by version. */
final class FireProof {
  private static final List<String> CODE = List.of("code");
  private static final List<String> NUMBER = List.of("number");
  private static final List<String> SLOT = List.of("place", "slot");
  private static final List<String> STATUS = List.of("status");
  private static final List<String> OWNER = List.of("name", "city");
  private static final List<String> STOCK = List.of("quantity", "note");
  private static final List<String> HISTORY =
      List.of("code", "owner_no", "name", "price", "quantity");
  private static final String PLACES = "places in the log";
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
  private final Set<String> underway = new HashSet<>();

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

  /** The changes of a table since P0. */
  List<RowChange> changes(String table) {
    return replay.changes(replay.table(table), place(p0));
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

  /**
   * How many changes bronze holds that were on their way when P0 was recorded, and lie before it.
   */
  long underway() {
    return underway.size();
  }

  /** Where the vault and the oracle differ; nothing if they do not. To be asked once. */
  List<String> differences() {
    Map<String, Map<ByteBuffer, String>> keys =
        Map.of("item", vault.keys("item", CODE), "owner", vault.keys("owner", NUMBER));
    ExpectedVault items = expected("items");
    items(items, keys);
    relations(items, keys);
    ExpectedVault owners = expected("owners");
    owners(owners, keys.get("owner"));
    hubOfOwners(items, owners, keys.get("owner"));
    stocks(expected("stocks"), vault.keys("stock", SLOT));
    return differences;
  }

  private ExpectedVault expected(String table) {
    return new ExpectedVault(replay, replay.table(table), place(p0), p0.recordedAt());
  }

  private void items(ExpectedVault items, Map<String, Map<ByteBuffer, String>> keys) {
    Map<ByteBuffer, String> codes = keys.get("item");
    compare("hub_item", out -> items.keys(CODE, out), out -> vault.hub("item", CODE, out));
    compare(
        "sat_item_f",
        out -> items.versions(CODE, ITEM, out),
        out -> vault.satellite("sat_item_f", "item_hk", codes, ITEM, out));
    compare(
        "sts_item_f_items",
        out -> items.status(CODE, out),
        out -> vault.satellite("sts_item_f_items", "item_hk", codes, STATUS, out));
    compare(
        "item_history",
        out -> items.history(List.of("id"), HISTORY, out),
        out ->
            vault.history(
                "item_history",
                List.of("Id"),
                List.of("Code", "Owner", "Name", "Price", "Quantity"),
                out));
    bronze("items", items);
  }

  private void relations(ExpectedVault items, Map<String, Map<ByteBuffer, String>> keys) {
    List<String> both = List.of("code", "owner_no");
    List<String> hubs = List.of("item", "owner");
    compare(
        "link_item_owner",
        out -> items.keys(both, out),
        out -> vault.link("item_owner", keys, hubs, out));
    compare(
        "sat_item_owner_eff",
        out -> items.relations(CODE, List.of("owner_no"), out),
        out -> vault.relations("sat_item_owner_eff", keys, "item", "owner", out));
    Map<ByteBuffer, String> pairs = vault.pairs("item_owner", keys, hubs);
    compare(
        "sts_item_owner_f_items",
        out -> items.status(both, out),
        out -> vault.satellite("sts_item_owner_f_items", "item_owner_hk", pairs, STATUS, out));
  }

  private void owners(ExpectedVault owners, Map<ByteBuffer, String> numbers) {
    compare(
        "sat_owner_f",
        out -> owners.versions(NUMBER, OWNER, out),
        out -> vault.satellite("sat_owner_f", "owner_hk", numbers, OWNER, out));
    compare(
        "sts_owner_f_owners",
        out -> owners.status(NUMBER, out),
        out -> vault.satellite("sts_owner_f_owners", "owner_hk", numbers, STATUS, out));
    compare(
        "owner_history",
        out -> owners.history(NUMBER, OWNER, out),
        out -> vault.history("owner_history", List.of("Number"), List.of("Name", "City"), out));
    bronze("owners", owners);
  }

  /** Their hub is fed by two tables, of which either may be the first: keys alone are compared. */
  private void hubOfOwners(
      ExpectedVault items, ExpectedVault owners, Map<ByteBuffer, String> numbers) {
    Set<String> both = new HashSet<>();
    owners.keys(NUMBER, (key, line) -> both.add(key));
    items.keys(List.of("owner_no"), (key, line) -> both.add(key));
    if (!both.equals(new HashSet<>(numbers.values()))) {
      differences.add("hub_owner: " + numbers.size() + " keys instead of " + both.size());
    }
  }

  private void stocks(ExpectedVault stocks, Map<ByteBuffer, String> slots) {
    compare("hub_stock", out -> stocks.keys(SLOT, out), out -> vault.hub("stock", SLOT, out));
    compare(
        "sat_stock_f",
        out -> stocks.versions(SLOT, STOCK, out),
        out -> vault.satellite("sat_stock_f", "stock_hk", slots, STOCK, out));
    compare(
        "sts_stock_f_stocks",
        out -> stocks.status(SLOT, out),
        out -> vault.satellite("sts_stock_f_stocks", "stock_hk", slots, STATUS, out));
    compare(
        "stock_history",
        out -> stocks.history(SLOT, STOCK, out),
        out ->
            vault.history(
                "stock_history", List.of("Place", "Slot"), List.of("Quantity", "Note"), out));
    bronze("stocks", stocks);
  }

  private void compare(String table, Consumer<Lines> expected, Consumer<Lines> stored) {
    ToldTwice told = ToldTwice.of(table, expected, stored);
    differences.addAll(told.differences());
    rows += told.versions();
  }

  /**
   * Every change of the log since P0 is there, and nothing else but changes that were on their way
   * then: MySQL may name a place behind a transaction that is not in its GTID set yet.
   */
  private void bronze(String table, ExpectedVault expected) {
    String name = "bronze/f/" + table;
    Set<String> early = expected.placesBefore();
    ToldTwice told =
        ToldTwice.of(name, out -> expected.places(PLACES, out), out -> logged(name, early, out));
    repeated += told.dropRepeated();
    differences.addAll(told.differences());
    rows += told.versions();
  }

  private void logged(String bronze, Set<String> early, Lines out) {
    vault.logged(
        bronze,
        place -> {
          if (early.contains(place)) {
            underway.add(bronze + " " + place);
          } else {
            out.add(PLACES, place);
          }
        });
  }
}
