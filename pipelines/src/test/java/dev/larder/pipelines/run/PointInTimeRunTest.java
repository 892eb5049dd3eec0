package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.PartitionFiles;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.options.LakeOptions;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** PITs and bridges on a small lake: what they hold, and what of them is built anew. */
public class PointInTimeRunTest {
  private static final String MODEL =
      """
      vault: shops
      hashing: {profile: strict, algorithm: md5}
      sources:
        pos: {database: pos, record_source: POS}
      hubs:
        shop: {key: code}
        product: {key: sku}
      links:
        stock: {hubs: [shop, product]}
      tables:
        pos.shops:
          shop: code
          satellites: {shop_pos: {of: shop, columns: [name]}}
        pos.stock:
          shop: code
          product: sku
          links: [stock]
      snapshots:
        daily: {at: "03:00", zone: UTC, keep: {daily: 5d, weekly: forever}}
      pits:
        shop_pit: {of: shop, satellites: [shop_pos], snapshot: daily}
      bridges:
        stock_bridge: {walk: [shop, stock, product], snapshot: daily}
      """;

  private static final List<Column> TECHNICAL =
      List.of(
          Column.required("_loaded_at", ColumnType.TIMESTAMP),
          Column.required("_seq", ColumnType.STRING),
          Column.required("record_source", ColumnType.STRING));
  private static final RowSchema HUB = schema(binary("shop_hk"));
  private static final RowSchema SATELLITE =
      schema(binary("shop_hk"), binary("hashdiff"), Column.nullable("name", ColumnType.STRING));
  private static final RowSchema LINK =
      schema(binary("stock_hk"), binary("shop_hk"), binary("product_hk"));
  private static final RowSchema STATUS =
      schema(binary("stock_hk"), Column.required("status", ColumnType.STRING));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final VaultModel model =
      VaultModelReader.read("vault.yaml", MODEL, name -> Optional.empty());
  private String lake;

  private static Column binary(String name) {
    return Column.required(name, ColumnType.BINARY);
  }

  private static RowSchema schema(Column... columns) {
    List<Column> all = new ArrayList<>(List.of(columns));
    all.addAll(TECHNICAL);
    return RowSchema.of(all);
  }

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
    shops("2024-03-01T12:00:00Z", 1, 2);
    version(1, "2024-03-01T12:00:00Z", 1);
    version(2, "2024-03-01T12:00:00Z", 2);
    version(1, "2024-03-03T03:00:00Z", 3);
    version(1, "2024-03-04T12:00:00Z", 4);
    link(1, 7, "2024-03-01T12:00:00Z");
    status(1, 7, "I", "2024-03-01T12:00:00Z", 1);
    status(1, 7, "D", "2024-03-03T12:00:00Z", 5);
  }

  private static byte[] key(long number) {
    return java.nio.ByteBuffer.allocate(16).putLong(number << 56).putLong(number).array();
  }

  private static long micros(String time) {
    return Values.micros(Instant.parse(time));
  }

  private void append(String table, RowSchema schema, Object... values) {
    DeltaTable.of(lake, table).append(schema, List.<Object[]>of(values).iterator());
  }

  private static String seq(long position) {
    return new Sequence(1, position, 0).text();
  }

  private void shops(String time, long... shops) {
    for (long shop : shops) {
      append("vault/hub_shop", HUB, key(shop), micros(time), seq(1), "POS");
    }
  }

  private void version(long shop, String time, long position) {
    append(
        "vault/sat_shop_pos",
        SATELLITE,
        key(shop),
        key(position),
        "name " + position,
        micros(time),
        seq(position),
        "POS");
  }

  private void link(long shop, long product, String time) {
    append(
        "vault/link_stock",
        LINK,
        key(shop * 10 + product),
        key(shop),
        key(product),
        micros(time),
        seq(1),
        "POS");
  }

  private void status(long shop, long product, String status, String time, long position) {
    append(
        "vault/sts_stock_pos_stock",
        STATUS,
        key(shop * 10 + product),
        status,
        micros(time),
        seq(position),
        "POS");
  }

  private void build() {
    LakeOptions options = PipelineOptionsFactory.as(LakeOptions.class);
    options.setLake(lake);
    Console console = new Console(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    PointInTimeRun run = new PointInTimeRun(options, model, console, Optional.empty());
    RunReport report = new RunReport("mart", Instant.EPOCH);
    run.build(model.pits().get("shop_pit"), report);
    run.build(model.bridges().get("stock_bridge"), report);
  }

  private List<String> rows(String table) {
    List<String> texts = new ArrayList<>();
    try (RowIterator rows = DeltaTable.of(lake, table).latest().rows()) {
      rows.forEachRemaining(
          row -> {
            StringBuilder text = new StringBuilder();
            for (Object value : row) {
              text.append(text.isEmpty() ? "" : " ").append(text(value));
            }
            texts.add(text.toString());
          });
    }
    texts.sort(null);
    return texts;
  }

  private static String text(Object value) {
    if (value instanceof byte[] key) {
      return Long.toString(java.nio.ByteBuffer.wrap(key).getLong(8));
    } else if (value instanceof Long time) {
      return Values.instant(time).toString().replace(":00:00Z", "").substring(5);
    }
    String sequence = (String) value;
    return "@" + Sequence.parse(sequence).position();
  }

  private List<String> pit() {
    return rows("vault/pit_shop_pit");
  }

  private List<String> bridge() {
    return rows("vault/bridge_stock_bridge");
  }

  @Test
  public void holdsWhatHeldAtEachInstant() {
    build();

    assertThat(
        pit(),
        contains(
            "1 03-02T03 1 03-01T12 @1",
            "1 03-03T03 1 03-03T03 @3",
            "1 03-04T03 1 03-03T03 @3",
            "2 03-02T03 2 03-01T12 @2",
            "2 03-03T03 2 03-01T12 @2",
            "2 03-04T03 2 03-01T12 @2"));
    assertThat(bridge(), contains("1 03-02T03 17 7", "1 03-03T03 17 7"));
    assertThat(
        DeltaTable.of(lake, "vault/pit_shop_pit").latest().partitionColumns(), contains("as_of"));
  }

  @Test
  public void buildsOnlyWhatCanHaveChanged() {
    build();
    List<String> before = DeltaTable.of(lake, "vault/pit_shop_pit").latest().files();
    shops("2024-03-05T12:00:00Z", 3);
    version(3, "2024-03-05T12:00:00Z", 6);

    build();

    List<String> after = DeltaTable.of(lake, "vault/pit_shop_pit").latest().files();
    assertThat(before, everyItem(in(after)));
    assertThat(
        pit().stream().filter(row -> row.startsWith("3 ")).toList(),
        contains(
            "3 03-02T03 0 01-01T00 @0",
            "3 03-03T03 0 01-01T00 @0",
            "3 03-04T03 0 01-01T00 @0",
            "3 03-05T03 0 01-01T00 @0"));
    assertThat(sameAsAnew(), is(true));
  }

  @Test
  public void leavesTheTableAloneIfNothingChanged() {
    build();
    long version = DeltaTable.of(lake, "vault/pit_shop_pit").latest().version();

    build();

    assertThat(DeltaTable.of(lake, "vault/pit_shop_pit").latest().version(), is(version));
    assertThat(out.toString(StandardCharsets.UTF_8), containsString("nothing changed"));
  }

  @Test
  public void dropsInstantsThatAreNotKept() {
    build();
    version(2, "2024-03-08T12:00:00Z", 9);

    build();

    assertThat(
        DeltaTable.of(lake, "vault/pit_shop_pit").latest().partitions().stream()
            .map(PartitionFiles::values)
            .map(each -> text(each.get(0)))
            .toList(),
        containsInAnyOrder("03-04T03", "03-05T03", "03-06T03", "03-07T03", "03-08T03"));
    assertThat(sameAsAnew(), is(true));
  }

  @Test
  public void isRightAfterARunThatDiedBeforeItsCommit() throws IOException {
    build();
    Path log = Path.of(lake, "vault/pit_shop_pit/_delta_log");
    version(1, "2024-03-02T00:00:00Z", 2);
    Path next = log.resolve(String.format("%020d.json", 2));
    Files.createDirectory(next); // the version cannot be written: files are, the commit is not
    try {
      build();
    } catch (RuntimeException expected) {
      assertThat(expected.getMessage(), containsString("pit_shop_pit"));
    }
    Files.delete(next);

    build();

    assertThat(pit().get(0), is("1 03-02T03 1 03-02T00 @2"));
    assertThat(sameAsAnew(), is(true));
  }

  @Test
  public void anyOrderOfLoadsAndBuildsGivesWhatOneBuildGives() {
    Random random = new Random(7);
    for (int step = 0; step < 4; step++) {
      build();
      for (int i = 0; i < 5; i++) {
        int shop = 1 + random.nextInt(6);
        String time =
            String.format("2024-03-%02dT%02d:00:00Z", 1 + random.nextInt(9), random.nextInt(24));
        int position = 10 + random.nextInt(90);
        switch (random.nextInt(4)) {
          case 0 -> shops(time, shop);
          case 1 -> version(shop, time, position);
          case 2 -> link(shop, 7 + random.nextInt(2), time);
          default ->
              status(shop, 7 + random.nextInt(2), random.nextBoolean() ? "I" : "D", time, position);
        }
      }
    }
    build();

    assertThat(sameAsAnew(), is(true));
  }

  /** Builds both tables again from nothing and compares. */
  private boolean sameAsAnew() {
    List<String> pit = pit();
    List<String> bridge = bridge();
    delete(Path.of(lake, "vault/pit_shop_pit"));
    delete(Path.of(lake, "vault/bridge_stock_bridge"));
    build();
    assertThat(pit, is(pit()));
    assertThat(bridge, is(bridge()));
    return true;
  }

  private static void delete(Path folder) {
    try (Stream<Path> paths = Files.walk(folder, new FileVisitOption[0])) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
