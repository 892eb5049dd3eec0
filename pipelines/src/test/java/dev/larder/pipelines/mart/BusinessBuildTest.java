package dev.larder.pipelines.mart;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaTable;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashKey;
import dev.larder.transforms.model.BusinessSatellite;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Satellites that SQL computes, and the views that SQL over a vault has. */
public class BusinessBuildTest {
  private static final long FIRST = micros("2024-03-01T00:00:00Z");
  private static final long SECOND = micros("2024-03-02T00:00:00Z");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;
  private DuckDb duck;

  private static long micros(String time) {
    return Values.micros(Instant.parse(time));
  }

  @Before
  public void open() throws SQLException {
    lake = folder.getRoot().toString();
    duck = DuckDb.open();
  }

  @After
  public void close() throws SQLException {
    duck.close();
  }

  private static VaultModel model(String load) {
    return VaultModelReader.read(
        "vault.yaml",
        """
        vault: shops
        sources:
          pos: {database: pos, record_source: POS}
        hubs:
          shop: {key: [country, code], normal: upper_trim}
        tables:
          pos.shops:
            shop: {country: country, code: code}
        business:
          shop_size: {of: shop, sql: size.sql%s}
        """
            .formatted(load),
        name -> Optional.empty());
  }

  private BusinessBuild.Outcome build(String load, String sql, long lastLoad) {
    VaultModel model = model(load);
    BusinessSatellite satellite = model.business().get("shop_size");
    return new BusinessBuild(PipelineOptionsFactory.create(), lake, model, duck)
        .build(satellite, sql, lastLoad);
  }

  private List<String> rows(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    duck.rows(sql).forEach(row -> texts.add(Arrays.toString(row)));
    return texts;
  }

  @Test
  public void addsRowsThatDifferFromWhatIsStored() throws SQLException {
    String sql = "SELECT ' nl' AS country, '1' AS code, 'small' AS size, 10 AS seats";
    BusinessBuild.Outcome first = build("", sql, FIRST);
    BusinessBuild.Outcome again = build("", sql, SECOND);
    BusinessBuild.Outcome changed = build("", sql.replace("small", "large"), SECOND);

    assertThat(first, is(new BusinessBuild.Outcome(1, 1)));
    assertThat(again, is(new BusinessBuild.Outcome(1, 0)));
    assertThat(changed, is(new BusinessBuild.Outcome(1, 1)));
    VaultModel model = model("");
    VaultViews.createBusiness(duck, lake, model, model.business().get("shop_size"));
    assertThat(
        rows("SELECT size, seats, _valid_from, _is_current FROM bsat_shop_size_history ORDER BY 3"),
        contains("[small, 10, " + FIRST + ", false]", "[large, 10, " + SECOND + ", true]"));
    assertThat(rows("SELECT size FROM bsat_shop_size_current"), contains("[large]"));
    Object key = duck.rows("SELECT shop_hk FROM bsat_shop_size_current").get(0)[0];
    assertThat(Values.same(key, HashKey.of(HashAlgorithm.SHA256, "NL", "1")), is(true));
  }

  @Test
  public void takesHashKeysAndLoadTimesThatTheQueryReturns() {
    BusinessBuild.Outcome outcome =
        build(
            "",
            "SELECT '\\x01\\x02'::BLOB AS shop_hk, i AS size,"
                + " TIMESTAMPTZ '2024-03-05 00:00:00+00' + to_days(i::INTEGER) AS _loaded_at"
                + " FROM range(3) t(i) UNION ALL SELECT NULL, 9, NULL",
            FIRST);

    assertThat(outcome, is(new BusinessBuild.Outcome(3, 3)));
  }

  @Test
  public void storesEndsWhereTheModelAsksForThem() throws SQLException {
    String sql = "SELECT 'NL' AS country, '1' AS code, 'small' AS size";
    build(", load: scd2", sql, FIRST);
    build(", load: scd2", sql.replace("small", "large"), SECOND);

    VaultViews.createIfThere(duck, lake, "vault/bsat_shop_size");
    assertThat(
        rows("SELECT size, \"EffectiveFrom\", \"Current\" FROM bsat_shop_size ORDER BY 2"),
        contains("[small, " + FIRST + ", false]", "[large, " + SECOND + ", true]"));
  }

  @Test
  public void refusesQueriesWithoutKeyPayloadOrTime() {
    assertThat(
        refusal("SELECT 1 AS code, 2 AS size"),
        is(
            "size.sql: the query of business.shop_size returns no key of shop, but code, size."
                + " Return shop_hk, or the business key country, code."));
    assertThat(
        refusal("SELECT 'NL' AS country, 1 AS code"),
        is(
            "size.sql: the query of business.shop_size returns nothing to store beside the key:"
                + " country, code. Return the computed columns, too."));
    assertThat(
        refusal("SELECT 'a' AS shop_hk, 1 AS size"),
        is(
            "size.sql: the query of business.shop_size returns shop_hk as string, the vault's hash"
                + " keys are binary. Return the column of the vault as it is."));
    assertThat(
        refusal("SELECT 'a'::BLOB AS shop_hk, 1 AS size, 'now' AS _loaded_at"),
        is(
            "size.sql: the query of business.shop_size returns _loaded_at as string, which is no"
                + " time. Cast it to TIMESTAMPTZ, or leave it out: then it is the vault's last"
                + " load."));
  }

  private String refusal(String sql) {
    return assertThrows(UserException.class, () -> build("", sql, FIRST)).getMessage();
  }

  @Test
  public void viewsShowPartitionsAndFilterByThem() throws SQLException {
    RowSchema schema =
        RowSchema.of(
            Column.required("as_of", ColumnType.TIMESTAMP), Column.required("id", ColumnType.INT));
    TableSpec spec =
        new TableSpec("vault/pit_x", schema, new LoadRule.Append(), 1, Map.of())
            .withPartitions("as_of");
    DeltaTable.create(lake, spec)
        .append(
            schema,
            List.of(new Object[] {FIRST, 1L}, new Object[] {SECOND, 2L}, new Object[] {SECOND, 3L})
                .iterator());

    assertThat(VaultViews.createIfThere(duck, lake, "vault/pit_x"), is(true));
    assertThat(
        rows(
            "SELECT id, as_of FROM pit_x WHERE as_of > TIMESTAMPTZ '2024-03-01 00:00:00+00' ORDER BY 1"),
        contains("[2, " + SECOND + "]", "[3, " + SECOND + "]"));
    assertThat(VaultViews.createIfThere(duck, lake, "vault/pit_y"), is(false));
  }

  @Test
  public void historiesCollapseEqualNeighboursAndVersionsOfNoLength() throws SQLException {
    duck.execute(
        "CREATE VIEW sat AS SELECT k, d AS hashdiff, make_timestamptz(l) AS _loaded_at, s AS _seq"
            + " FROM (VALUES ('a', 1, 10::BIGINT, 1), ('a', 1, 20, 2), ('a', 2, 30, 3),"
            + " ('a', 3, 30, 4), ('a', 1, 40, 5), ('b', 1, 20, 6)) t(k, d, l, s)");
    duck.execute(HistoryViews.ofVersions("sat", List.of("k"), "_seq", 1_000));

    assertThat(
        rows(
            "SELECT k, hashdiff, _valid_from, _valid_to, _is_current FROM sat_history"
                + " ORDER BY k, _valid_from"),
        contains(
            "[a, 1, 10, 30, false]",
            "[a, 3, 30, 40, false]",
            "[a, 1, 40, 1000, true]",
            "[b, 1, 20, 1000, true]"));
  }

  @Test
  public void statusesShowReturns() throws SQLException {
    duck.execute(
        "CREATE VIEW sts AS SELECT * FROM (VALUES ('a', 'I', 1), ('a', 'D', 2), ('a', 'I', 3),"
            + " ('b', 'I', 4)) t(k, status, _seq)");
    duck.execute(HistoryViews.ofStatus("sts", "k"));

    assertThat(
        rows("SELECT k, status FROM sts_history ORDER BY _seq"),
        contains("[a, I]", "[a, D]", "[a, R]", "[b, I]"));
  }
}
