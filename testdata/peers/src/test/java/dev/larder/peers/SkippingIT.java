package dev.larder.peers;

import static dev.larder.peers.EveryType.day;
import static dev.larder.peers.EveryType.micros;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.DeltaTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.After;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Spark opens the files that may hold rows of a filter, by our statistics, and misses no row. */
public class SkippingIT {
  private static final String A40 = "a".repeat(40);
  private static final String HIGHEST = "\uDBFF\uDFFF";
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("id", ColumnType.INT),
          Column.nullable("flag", ColumnType.BOOLEAN),
          Column.nullable("price", ColumnType.decimal(10, 2)),
          Column.nullable("wide", ColumnType.decimal(38, 18)),
          Column.nullable("ratio", ColumnType.FLOAT),
          Column.nullable("rating", ColumnType.DOUBLE),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("hk", ColumnType.BINARY),
          Column.nullable("opened_on", ColumnType.DATE),
          Column.nullable("opens", ColumnType.TIME),
          Column.nullable("ordered_at", ColumnType.DATETIME),
          Column.nullable("updated_at", ColumnType.TIMESTAMP),
          Column.nullable(
              "inside", ColumnType.struct(RowSchema.of(Column.nullable("depth", ColumnType.INT)))));

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private final List<String> wrong = new ArrayList<>();

  /** Table t has two files of two rows; table odd has three, of values at the edges. */
  @BeforeClass
  public static void write() {
    append(
        "t",
        row(1, "-10.25", 0.1f, 0.1, A40 + "b", "1969-12-31", -1L, 1),
        row(2, "5.00", null, null, null, null, null, null));
    append(
        "t",
        row(
            3,
            "100.00",
            1.5f,
            100.5,
            "m\uFFFD",
            "2024-02-29",
            at("2024-02-29T12:00:00.123456"),
            30),
        row(
            4,
            "200.00",
            2.5f,
            200.5,
            "m\uD83C\uDF55",
            "2024-03-01",
            at("2024-03-01T12:00:00.999999"),
            40));
    append(
        "odd",
        row(
            5,
            null,
            Float.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            HIGHEST.repeat(33),
            "9999-12-31",
            at("9999-12-31T23:59:59.999999"),
            5));
    append(
        "odd",
        row(6, null, Float.NaN, Double.NaN, "", "0001-01-01", at("0001-01-01T00:00:00.000001"), 6),
        row(7, null, 1f, 1.0, null, null, null, 7));
    append("odd", row(8, null, -0.0f, -0.0, "z".repeat(32), null, null, 8));
  }

  private static long at(String text) {
    return micros(text + "Z");
  }

  private static Object[] row(
      long id,
      String price,
      Float ratio,
      Double rating,
      String name,
      String day,
      Long micros,
      Integer depth) {
    BigDecimal decimal = price == null ? null : new BigDecimal(price);
    return new Object[] {
      id,
      id % 2 == 0,
      decimal,
      decimal == null ? null : decimal.setScale(18).add(BigDecimal.ONE.movePointLeft(18)),
      ratio,
      rating,
      name,
      new byte[] {(byte) id},
      day == null ? null : day(day),
      depth == null ? null : depth * 1_000_000L,
      micros,
      micros,
      new Object[] {depth == null ? null : depth.longValue()}
    };
  }

  private static void append(String table, Object[]... rows) {
    DeltaTable.of(FOLDER.getRoot().toString(), table)
        .append(SCHEMA, Arrays.asList(rows).iterator());
  }

  @Test
  public void anOutOfRangeFilterOpensNoFile() {
    expect("t", "id = 99", 0);
    expect("t", "id < 1", 0);
    expect("t", "price > 200", 0);
    expect("t", "price = 5.01", 0);
    expect("t", "wide > 200.000000000000000001", 0);
    expect("t", "wide < -10.25", 0);
    expect("t", "ratio > cast(2.5 as float)", 0);
    expect("t", "rating < cast(0.1 as double)", 0);
    expect("t", "name < '" + "a".repeat(32) + "'", 0);
    expect("t", "name > 'n'", 0);
    expect("t", "opened_on < DATE '1969-12-31'", 0);
    expect("t", "opened_on = DATE '2020-01-01'", 0);
    expect("t", "opens > 40000000", 0);
    expect("t", "ordered_at > TIMESTAMP '2024-03-01 12:00:01.001Z'", 0);
    expect("t", "updated_at < TIMESTAMP '1969-12-31 23:59:59.998Z'", 0);
    expect("t", "updated_at between TIMESTAMP '2000-01-01' and TIMESTAMP '2001-01-01'", 0);
    expect("t", "inside.depth = 99", 0);
    expect("t", "hk is null", 0);
    expect("t", "id > 2 and price < 50", 0);
  }

  @Test
  public void aFilterOpensTheFilesThatHoldItsRows() {
    expect("t", "id = 2", 1, 2);
    expect("t", "id >= 2", 2, 2, 3, 4);
    expect("t", "price = -10.25", 1, 1);
    expect("t", "wide = 200.000000000000000001", 1, 4);
    expect("t", "ratio = cast('0.1' as float)", 1, 1);
    expect("t", "rating = cast('0.1' as double)", 1, 1);
    expect("t", "opened_on = DATE '1969-12-31'", 1, 1);
    expect("t", "opens = 30000000", 1, 3);
    expect("t", "inside.depth > 30", 1, 4);
    expect("t", "name is null", 1, 2);
  }

  @Test
  public void aFilterAtACutBoundMissesNoRow() {
    expect("t", "name = '" + A40 + "b'", 1, 1);
    expect("t", "name > '" + A40 + "a'", 2, 1, 3, 4);
    expect("t", "name = 'm\uD83C\uDF55'", 1, 4);
    expect("t", "name >= 'm\uD83C\uDF55'", 1, 4);
    expect("t", "name = 'm\uFFFD'", 1, 3);
    expect("t", "updated_at = TIMESTAMP '2024-02-29 12:00:00.123456Z'", 1, 3);
    expect("t", "updated_at >= TIMESTAMP '2024-03-01 12:00:00.999999Z'", 1, 4);
    expect("t", "updated_at <= TIMESTAMP '1969-12-31 23:59:59.999999Z'", 1, 1);
    expect("t", "ordered_at = TIMESTAMP '1969-12-31 23:59:59.999999Z'", 1, 1);
    // The file of the highest characters has no upper bound that could be written, but a lower one.
    expect("odd", "name = '" + "z".repeat(32) + "'", 1, 8);
    expect("odd", "name = '" + HIGHEST.repeat(33) + "'", 1, 5);
    expect("odd", "name = ''", 1, 6);
  }

  @Test
  public void aFilterOnOddNumbersAndDaysMissesNoRow() {
    expect("odd", "ratio > cast(2.0 as float)", 2, 5, 6);
    expect("odd", "rating = cast('NaN' as double)", 1, 6);
    expect("odd", "rating < -1e308", 1, 5);
    expect("odd", "rating = cast(0.0 as double)", 2, 8);
    expect("odd", "opened_on = DATE '0001-01-01'", 1, 6);
    expect("odd", "opened_on = DATE '9999-12-31'", 1, 5);
    expect("odd", "updated_at = TIMESTAMP '9999-12-31 23:59:59.999999Z'", 1, 5);
    expect("odd", "updated_at < TIMESTAMP '0001-01-01 00:00:00.000002Z'", 1, 6);
    expect("odd", "price is null", 3, 5, 6, 7, 8);
  }

  @Test
  public void aFilterOnAColumnWithoutBoundsOpensAllFiles() {
    expect("t", "hk = X'04'", 2, 4);
    expect("t", "not flag", 2, 1, 3);
  }

  private void expect(String table, String condition, long files, long... ids) {
    SparkPeer.Scan scan =
        SparkPeer.scan(FOLDER.getRoot().toPath().resolve(table), SCHEMA, condition);
    String found =
        scan.rows().stream()
            .map(row -> row[0].toString())
            .sorted()
            .collect(Collectors.joining(" "));
    String expected = LongStream.of(ids).mapToObj(Long::toString).collect(Collectors.joining(" "));
    if (scan.files() != files || !found.equals(expected)) {
      wrong.add(
          String.format(
              "%s: %d files, rows [%s]; expected %d files, rows [%s]",
              condition, scan.files(), found, files, expected));
    }
  }

  @After
  public void nothingIsWrong() {
    assertThat(wrong, empty());
  }
}
