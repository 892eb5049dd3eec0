package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.SnapshotEntry;
import dev.larder.pipelines.options.BackfillOptions;
import dev.larder.pipelines.options.RehashOptions;
import dev.larder.transforms.bronze.BronzeRows;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.VaultTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A changed model is refused by what is there, and {@code rehash} makes the tables anew. */
public class RehashRunTest {
  private static final TableId ORDERS = new TableId("pos", "orders");
  private static final TableSchema SOURCE =
      new TableSchema(
          ORDERS,
          RowSchema.of(
              Column.required("no", ColumnType.STRING),
              Column.nullable("status", ColumnType.STRING),
              Column.nullable("total", ColumnType.INT)),
          List.of("no"));
  private static final String MODEL =
      """
      vault: shop
      sources: {pos: {database: pos, record_source: POS}}
      hubs: {order: {key: no, normal: none}}
      tables:
        pos.orders:
          order: no
          satellites: {order_pos: {of: order, columns: [status]}}
      """;
  private static final VaultModel PLAIN = model("normal: none", "normal: none");
  private static final VaultModel UPPER = model("normal: none", "normal: upper");
  private static final List<String> VAULT =
      List.of("vault/hub_order", "vault/sat_order_pos", "vault/sts_order_pos_orders");

  @ClassRule public static final TemporaryFolder LAKES = new TemporaryFolder();
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** Lakes loaded from bronze by each model: they are copied, not changed. */
  private static final Map<VaultModel, Path> LOADED = new HashMap<>();

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private String lake;

  private static VaultModel model(String was, String now) {
    return VaultModelReader.read("vault.yaml", MODEL.replace(was, now));
  }

  @Before
  public void copyLake() throws IOException {
    lake = folder.getRoot().toPath().resolve("lake").toString();
    copy(loaded(PLAIN), Path.of(lake));
  }

  private Path loaded(VaultModel model) throws IOException {
    if (!LOADED.containsKey(model)) {
      String path = lakeOf(LAKES.newFolder().getPath());
      backfill(path, model);
      LOADED.put(model, Path.of(path));
    }
    return LOADED.get(model);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }

  /** A lake whose bronze holds a snapshot of two orders and a change of one. */
  private static String lakeOf(String path) {
    List<ChangeRecord> changes =
        List.of(
            ChangeRecord.read(SOURCE, order("a-1", "placed"), 10, at(100)),
            ChangeRecord.read(SOURCE, order("b-2", "placed"), 10, at(100)),
            new ChangeRecord(
                SOURCE,
                Operation.UPDATE,
                order("a-1", "placed"),
                order("a-1", "baked"),
                20,
                at(200),
                Origin.LOG,
                null));
    DeltaTable bronze = DeltaTable.create(path, BronzeRows.spec(SOURCE));
    BronzeRows rows = new BronzeRows();
    changes.stream()
        .map(rows::row)
        .forEach(row -> bronze.append(row.schema(), List.<Object[]>of(row.values()).iterator()));
    Ledger ledger = Ledger.open(path);
    String entry =
        SnapshotEntry.of(
                List.of(ORDERS), Map.of("pos", new BinlogPosition("binlog.000001", 100, "", 10)))
            .toJson();
    ledger.planned(Ledger.SNAPSHOT, 1, entry);
    ledger.done(Ledger.SNAPSHOT, 1, entry);
    ledger.planned(Ledger.HAND_OVER, 1, "{}");
    ledger.done(Ledger.HAND_OVER, 1, "{}");
    return path;
  }

  private static Object[] order(String no, String status) {
    return new Object[] {no, status, 7L};
  }

  private static Sequence at(long position) {
    return Sequence.of("binlog.000001", position, 0);
  }

  private void backfill(String into, VaultModel model) {
    BackfillOptions options = PipelineOptionsFactory.as(BackfillOptions.class);
    options.setLake(into);
    new BackfillRun(options, model, console()).run(new RunReport("backfill", Instant.EPOCH));
  }

  private void rehash(VaultModel model, String... tables) {
    RehashOptions options = PipelineOptionsFactory.as(RehashOptions.class);
    options.setLake(lake);
    options.setAll(tables.length == 0);
    options.setTables(List.of(tables));
    new RehashRun(options, model, console()).run(new RunReport("rehash", Instant.EPOCH));
  }

  private Console console() {
    return new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false);
  }

  private static List<String> rows(DeltaSnapshot table) {
    List<String> rows = new ArrayList<>();
    try (RowIterator all = table.rows()) {
      all.forEachRemaining(row -> rows.add(Arrays.deepToString(row)));
    }
    rows.sort(null);
    return rows;
  }

  private DeltaTable table(String name) {
    return DeltaTable.of(lake, name);
  }

  private void assertAsIfLoadedWith(VaultModel model) throws IOException {
    String fresh = loaded(model).toString();
    for (String name : VAULT) {
      DeltaSnapshot wanted = DeltaTable.of(fresh, name).latest();
      assertThat(name, rows(table(name).latest()), is(rows(wanted)));
      assertThat(name, table(name).latest().properties(), is(wanted.properties()));
    }
  }

  @Test
  public void loadingWithOtherHashesIsRefusedWithBothAndTheRemedy() {
    UserException e = assertThrows(UserException.class, () -> backfill(lake, UPPER));

    assertThat(
        e.getMessage(),
        is(
            "The model asks for other hashes than the lake holds; nothing is loaded.\n"
                + String.join(
                    "\n",
                    VAULT.stream()
                        .map(
                            name ->
                                name
                                    + ": inputs of the hash key: stored are order.no none, the"
                                    + " model asks for order.no upper")
                        .toList())
                + "\nTake the change back, or make these tables anew from bronze by name: larder"
                + " rehash --model=... --lake=... --tables="
                + String.join(",", VAULT)));
  }

  @Test
  public void everyTableIsAsIfItHadBeenLoadedWithTheNewHashesFromTheStart() throws IOException {
    long before = table("vault/hub_order").latest().version();
    List<String> old = rows(table("vault/hub_order").latest());

    rehash(UPPER);

    assertThat(rows(table("vault/hub_order").latest()), is(not(old)));
    assertAsIfLoadedWith(UPPER);
    assertThat(table("vault/hub_order").latest().version(), is(before + 1));
    assertThat(rows(table("vault/hub_order").at(before)), is(old));
    assertThat(
        DeltaTables.names(lake).stream().filter(name -> name.contains("staged")).toList(),
        hasSize(0));
  }

  @Test
  public void secondRehashChangesNothing() {
    rehash(UPPER);
    long version = table("vault/hub_order").latest().version();

    rehash(UPPER);

    assertThat(table("vault/hub_order").latest().version(), is(version));
    assertThat(
        said.toString(StandardCharsets.UTF_8),
        containsString("Every table has the hashes that the model asks for."));
  }

  @Test
  public void rehashThatWasKilledBetweenTwoTablesIsFinishedByTheNext() throws IOException {
    String killed = StagedLake.below(lake).path();
    VaultLake.create(killed, UPPER, Bronze.catalogue(lake, UPPER));
    String done = loaded(UPPER).toString();
    DeltaTable hub = table("vault/hub_order");
    hub.replaceBy(DeltaTable.of(done, "vault/hub_order"), hub.latest().version());
    long version = hub.latest().version();

    rehash(UPPER);

    assertAsIfLoadedWith(UPPER);
    assertThat(hub.latest().version(), is(version));
    assertThat(
        DeltaTables.names(lake).stream().filter(name -> name.contains("staged")).toList(),
        hasSize(0));
  }

  @Test
  public void tablesThatShareAKeyAreMadeAnewTogether() {
    UserException e =
        assertThrows(UserException.class, () -> rehash(UPPER, "vault/hub_order", "vault/sat_*"));

    assertThat(
        e.getMessage(),
        is(
            "Keys change in these tables too, and they would not meet those that you named:"
                + " vault/sts_order_pos_orders. Name them as well, or give --all."));
  }

  @Test
  public void hashDiffsAreMadeAnewByTheNameOfTheirSatellite() throws IOException {
    VaultModel other = model("columns: [status]", "columns: [total, status]");

    rehash(other, "vault/sat_order_pos");

    assertAsIfLoadedWith(other);
    assertThat(table("vault/hub_order").history(10), hasSize(2));
  }

  @Test
  public void columnAtTheEndOfAHashDiffNeedsNoRehashAndIsWrittenDown() {
    VaultModel longer = model("columns: [status]", "columns: [status, total]");
    List<String> hashes = hashDiffs();

    backfill(lake, longer);

    DeltaSnapshot satellite = table("vault/sat_order_pos").latest();
    assertThat(satellite.properties().get("larder.hash.columns"), is("status,total"));
    assertThat(hashDiffs().containsAll(hashes), is(true));
    VaultPlan.of(lake, VaultTables.of(longer, Bronze.catalogue(lake, longer), 1)).orThrow();
  }

  private List<String> hashDiffs() {
    List<String> hashes = new ArrayList<>();
    try (RowIterator rows =
        table("vault/sat_order_pos").latest().rows(List.of("hashdiff", "_seq"))) {
      rows.forEachRemaining(row -> hashes.add(Arrays.deepToString(row)));
    }
    return hashes;
  }

  @Test
  public void nothingIsMadeAnewWhileABatchIsUnfinished() {
    Ledger.open(lake).planned(Ledger.STREAM, 1, "{}");

    NotReadyException e = assertThrows(NotReadyException.class, () -> rehash(UPPER));

    assertThat(e.getMessage(), containsString("The stream's batch 1 is not finished."));
  }

  @Test
  public void eitherTablesOrAllOfThemAreNamed() {
    RehashOptions options = PipelineOptionsFactory.as(RehashOptions.class);
    options.setLake(lake);

    UserException e =
        assertThrows(
            UserException.class,
            () ->
                new RehashRun(options, UPPER, console())
                    .run(new RunReport("rehash", Instant.EPOCH)));

    assertThat(
        e.getMessage().lines().toList(),
        contains(
            "Which tables? Give --tables=vault/NAME,... or --all, and not both. `larder plan"
                + " --lake` says which differ."));
  }
}
