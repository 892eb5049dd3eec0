package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

public class PartitionColumnsTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT),
          Column.nullable("city", ColumnType.STRING),
          Column.nullable("day", ColumnType.DATE),
          Column.nullable("at", ColumnType.TIMESTAMP),
          Column.nullable("clock", ColumnType.DATETIME),
          Column.nullable("price", ColumnType.decimal(9, 2)),
          Column.nullable("flag", ColumnType.BOOLEAN),
          Column.nullable("ratio", ColumnType.DOUBLE));

  private static Partition partition(String column, Object value) {
    Object[] row = new Object[SCHEMA.size()];
    row[SCHEMA.position(column)] = value;
    return PartitionColumns.of(SCHEMA, List.of(column)).of("t", row);
  }

  private static String value(String column, Object value) {
    return partition(column, value).values().get(column);
  }

  @Test
  public void writesValuesAsTheProtocolSays() {
    assertThat(value("id", -7L), is("-7"));
    assertThat(value("city", "Zürich / Süd"), is("Zürich / Süd"));
    assertThat(value("day", 19_813), is("2024-03-31"));
    assertThat(value("at", 1_711_850_400_123_456L), is("2024-03-31T02:00:00.123456Z"));
    assertThat(value("clock", -1L), is("1969-12-31T23:59:59.999999Z"));
    assertThat(value("price", new BigDecimal("1000.50")), is("1000.50"));
    assertThat(value("flag", true), is("true"));
    assertThat(value("ratio", 2.0), is("2.0"));
    assertThat(value("city", null) == null, is(true));
  }

  @Test
  public void anEmptyStringIsAnAbsentValue() {
    assertThat(value("city", "") == null, is(true));
    assertThat(partition("city", "").folder(), is("city=__HIVE_DEFAULT_PARTITION__/"));
  }

  @Test
  public void foldersAreNamedAsSparkNamesThem() {
    assertThat(partition("city", "a b").folder(), is("city=a b/"));
    assertThat(
        partition("city", "a/b=c:d%\"'*?\\{[]^#\n\u007F").folder(),
        is("city=a%2Fb%3Dc%3Ad%25%22%27%2A%3F%5C%7B%5B%5D%5E%23%0A%7F/"));
    assertThat(partition("city", "Zürich").folder(), is("city=Zürich/"));
    assertThat(partition("at", 0L).folder(), is("at=1970-01-01T00%3A00%3A00.000000Z/"));
  }

  @Test
  public void columnsKeepTheirOrder() {
    PartitionColumns columns = PartitionColumns.of(SCHEMA, List.of("day", "city"));

    Partition partition = columns.of("t", new Object[] {1L, "x", 0, null, null, null, null, null});

    assertThat(partition.folder(), is("day=1970-01-01/city=x/"));
    assertThat(
        PartitionColumns.inFiles(SCHEMA, List.of("day", "city")).names(),
        is(List.of("id", "at", "clock", "price", "flag", "ratio")));
  }

  @Test
  public void rowsOfOnePartitionShareIt() {
    PartitionColumns columns = PartitionColumns.of(SCHEMA, List.of("city"));
    Object[] row = new Object[SCHEMA.size()];
    row[1] = "x";

    assertThat(columns.of("t", row.clone()), sameInstance(columns.of("t", row)));
    assertThat(PartitionColumns.of(SCHEMA, List.of()).of("t", row), is(Partition.NONE));
    assertThat(PartitionColumns.inFiles(SCHEMA, List.of()), sameInstance(SCHEMA));
  }

  @Test
  public void aColumnThatRowsLackIsAbsent() {
    PartitionColumns columns = PartitionColumns.of(SCHEMA, List.of("later"));

    Partition partition = columns.of("t", new Object[SCHEMA.size()]);

    assertThat(partition.folder(), is("later=__HIVE_DEFAULT_PARTITION__/"));
    assertThat(Arrays.asList(partition.values().get("later")).get(0) == null, is(true));
  }

  @Test
  public void refusesAnAbsentValueOfAColumnThatIsNotNull() {
    RowSchema strict = RowSchema.of(Column.required("day", ColumnType.DATE));
    PartitionColumns columns = PartitionColumns.of(strict, List.of("day"));

    assertThat(
        assertThrows(UserException.class, () -> columns.of("lake/t", new Object[] {null}))
            .getMessage(),
        is(
            "lake/t, column \"day\" is not null in the table, but a row has no value for it. Mend"
                + " the rows, or make the column nullable."));
  }
}
