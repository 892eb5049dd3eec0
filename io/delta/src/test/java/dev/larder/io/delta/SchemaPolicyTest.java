package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SchemaPolicyTest {
  private static final RowSchema INTS = RowSchema.of(Column.nullable("n", ColumnType.INT));
  private static final RowSchema DECIMALS =
      RowSchema.of(Column.nullable("n", ColumnType.decimal(5, 2)));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;
  private DeltaTable table;

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
    table = DeltaTable.of(lake, "t");
  }

  private static Iterator<Object[]> rows(Object... values) {
    return Arrays.stream(values).map(value -> new Object[] {value}).iterator();
  }

  private String refused(RowSchema schema, SchemaPolicy policy, Object value) {
    return assertThrows(UserException.class, () -> table.append(schema, rows(value), policy))
        .getMessage();
  }

  /** The type of column n in each live file, as DuckDB sees it. */
  private List<String> typesInFiles() throws Exception {
    List<String> types = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (String file : table.latest().files()) {
        try (ResultSet type =
            statement.executeQuery("SELECT DISTINCT typeof(n) FROM read_parquet('" + file + "')")) {
          type.next();
          types.add(type.getString(1));
        }
      }
    }
    return types;
  }

  @Test
  public void failRefusesANewColumn() {
    table.append(INTS, rows(1L), SchemaPolicy.FAIL);
    RowSchema more = RowSchema.of(Column.nullable("m", ColumnType.DATE));

    assertThat(
        refused(more, SchemaPolicy.FAIL, 1),
        is(
            table.location()
                + " has no column \"m\" (date), which the rows bring, and the load's SchemaPolicy is"
                + " FAIL. Known columns: n. Leave the column out, or load with SchemaPolicy.ADD."));
  }

  @Test
  public void addMakesNewColumnsNullableAlsoInsideArrays() {
    RowSchema one = RowSchema.of(Column.required("a", ColumnType.INT));
    RowSchema two =
        RowSchema.of(Column.required("b", ColumnType.STRING), Column.required("a", ColumnType.INT));
    table.append(
        RowSchema.of(Column.nullable("items", ColumnType.array(ColumnType.struct(one)))),
        rows((Object) new Object[] {new Object[] {1L}, null}));
    table.append(
        RowSchema.of(
            Column.nullable("items", ColumnType.array(ColumnType.struct(two))),
            Column.required("more", ColumnType.INT)),
        List.<Object[]>of(new Object[] {new Object[] {new Object[] {"x", 2L}}, 3L}).iterator());

    assertThat(
        table.latest().schema().toString(),
        is("items array<struct<a int not null, b string>>, more int"));
    assertThat(
        Rows.read(table.latest()),
        containsInAnyOrder("[[[1, null], null], null]", "[[[2, x]], 3]"));
  }

  @Test
  public void addRefusesAWiderTypeAndNamesTheWayOut() {
    table.append(INTS, rows(1L));

    assertThat(
        refused(DECIMALS, SchemaPolicy.ADD, new BigDecimal("1.50")),
        is(
            table.location()
                + ", column \"n\": the table has int, the rows bring decimal(5,2), which it cannot"
                + " hold. Load with SchemaPolicy.WIDEN to make the column decimal(21,2) (the table's"
                + " files are written anew), or load the rows under another column name."));
  }

  @Test
  public void noPolicyJoinsTypesThatHaveNothingInCommon() {
    table.append(INTS, rows(1L));

    assertThat(
        refused(RowSchema.of(Column.nullable("n", ColumnType.STRING)), SchemaPolicy.WIDEN, "x"),
        is(
            table.location()
                + ", column \"n\": the table has int, the rows bring string. A column keeps its type:"
                + " load the rows under another column name, or into a new table."));
  }

  @Test
  public void everyPolicyTakesNarrowerValues() {
    table.append(
        RowSchema.of(Column.nullable("n", ColumnType.decimal(25, 4))),
        rows(BigDecimal.valueOf(10_000, 4)));
    table.append(INTS, rows(2L), SchemaPolicy.FAIL);
    table.append(DECIMALS, rows(new BigDecimal("3.50")), SchemaPolicy.FAIL);

    assertThat(Rows.read(table.latest()), containsInAnyOrder("[1.0000]", "[2.0000]", "[3.5000]"));
  }

  @Test
  public void widenWritesLiveFilesAnewInOneVersion() throws Exception {
    table.append(INTS, rows(1L, Long.MAX_VALUE));
    table.append(INTS, rows((Object) null));

    long version = table.append(DECIMALS, rows(new BigDecimal("-0.25")), SchemaPolicy.WIDEN);

    assertThat(version, is(2L));
    assertThat(table.latest().schema().toString(), is("n decimal(21,2)"));
    assertThat(
        Rows.read(table.latest()),
        containsInAnyOrder("[1.00]", "[9223372036854775807.00]", "[null]", "[-0.25]"));
    assertThat(typesInFiles(), contains("DECIMAL(21,2)", "DECIMAL(21,2)", "DECIMAL(21,2)"));
    assertThat(Rows.read(table.at(0)), contains("[1]", "[9223372036854775807]"));
  }

  @Test
  public void narrowIntegersAreKeptUnlessWidened() throws Exception {
    table.append(RowSchema.of(Column.nullable("n", ColumnType.integer(32))), rows(1L));
    table.append(INTS, rows(-2147483648L));

    assertThat(typesInFiles(), contains("INTEGER", "INTEGER"));
    assertThat(
        refused(INTS, SchemaPolicy.ADD, 2147483648L),
        is(
            table.location()
                + ", column \"n\" is int(32) in the table, which cannot hold 2147483648. Mend the"
                + " rows, or widen the column: load with SchemaPolicy.WIDEN."));

    table.append(INTS, rows(2147483648L), SchemaPolicy.WIDEN);

    assertThat(typesInFiles(), contains("BIGINT", "BIGINT", "BIGINT"));
    assertThat(
        Rows.read(table.latest()), containsInAnyOrder("[1]", "[-2147483648]", "[2147483648]"));
  }

  private static RowSchema versions(ColumnType key, ColumnType compared) {
    return RowSchema.of(
        Column.nullable("k", key),
        Column.nullable("v", compared),
        Column.nullable("at", ColumnType.TIMESTAMP));
  }

  private static TableRow version(RowSchema schema, Object key, Object value, long at) {
    return TableRow.put("m", schema, new Object[] {key, value, at}, new Sequence(1, at, 0));
  }

  private void merge(long batch, RowSchema declared, TableRow... rows) {
    LoadRule rule = new LoadRule.InsertIfChanged(List.of("k"), "at", List.of("v"));
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(Arrays.asList(rows)).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows()
                .to(lake)
                .withTables(List.of(new TableSpec("m", declared, rule, 4, Map.of())))
                .withSchemaPolicy(SchemaPolicy.WIDEN)
                .withTransaction("test", batch));
    pipeline.run().waitUntilFinish();
  }

  /** Keys stay in their buckets, values that are equal stay equal. */
  @Test
  public void aMergeFindsItsKeysAndValuesAfterTheyWereWidened() {
    RowSchema ints = versions(ColumnType.INT, ColumnType.FLOAT);
    RowSchema wide = versions(ColumnType.decimal(20, 1), ColumnType.DOUBLE);
    TableRow[] first = new TableRow[20];
    TableRow[] second = new TableRow[20];
    for (int i = 0; i < first.length; i++) {
      first[i] = version(ints, (long) i * 10, 0.1f, 1);
      second[i] = version(wide, BigDecimal.valueOf(i * 100L, 1), (double) 0.1f, 2);
    }

    merge(1, ints, first);
    merge(2, ints, second);
    merge(3, ints, version(wide, new BigDecimal("0.5"), 0.1, 3), version(ints, 10L, 0.5f, 3));

    DeltaSnapshot merged = DeltaTable.of(lake, "m").latest();
    assertThat(merged.schema().toString(), is("k decimal(20,1), v double, at timestamp"));
    assertThat(Rows.read(merged).size(), is(22));
  }
}
