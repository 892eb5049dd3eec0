package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStores;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PartitionValuesTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static Object parse(ColumnType type, String text) {
    return PartitionValues.parse("p.parquet", Column.nullable("c", type), text);
  }

  @Test
  public void readsTheProtocolsSerialization() {
    assertThat(parse(ColumnType.INT, "-7"), is(-7L));
    assertThat(parse(ColumnType.BOOLEAN, "true"), is(true));
    assertThat(parse(ColumnType.decimal(10, 2), "1.5"), is(new BigDecimal("1.50")));
    assertThat(parse(ColumnType.DOUBLE, "NaN"), is(Double.NaN));
    assertThat(parse(ColumnType.DATE, "1970-01-02"), is(1));
    assertThat(parse(ColumnType.TIMESTAMP, "1970-01-01 00:00:01"), is(1_000_000L));
    assertThat(parse(ColumnType.TIMESTAMP, "1970-01-01 00:00:01.000002"), is(1_000_002L));
    assertThat(parse(ColumnType.TIMESTAMP, "1970-01-01T00:00:01.000002Z"), is(1_000_002L));
    assertThat(parse(ColumnType.STRING, "Zürich"), is("Zürich"));
    assertThat(parse(ColumnType.BINARY, "\u0001\u0002"), is(new byte[] {1, 2}));
  }

  @Test
  public void emptyTextIsNoValue() {
    assertThat(parse(ColumnType.STRING, ""), is(nullValue()));
    assertThat(parse(ColumnType.INT, null), is(nullValue()));
  }

  @Test
  public void saysWhichColumnsValueIsNone() {
    SinkException error =
        assertThrows(SinkException.class, () -> parse(ColumnType.DATE, "20240331"));

    assertThat(
        error.getMessage(),
        is(
            "p.parquet: the log's value of partition column \"c\" is no date. Rewrite the partition"
                + " with the engine that created the table."));
  }

  @Test
  public void fillsPartitionColumnsIntoRows() {
    TableFiles files = new TableFiles(TableStores.at(folder.getRoot().toString()));
    RowSchema stored = RowSchema.of(Column.nullable("id", ColumnType.INT));
    RowSchema table =
        RowSchema.of(
            Column.nullable("day", ColumnType.DATE),
            Column.nullable("id", ColumnType.INT),
            Column.nullable("country", ColumnType.STRING));
    Map<String, String> partition = new HashMap<>(Map.of("day", "1970-01-03"));
    partition.put("country", null);
    DataFile file =
        files
            .write(stored, 0, List.of(new Object[] {1L}, new Object[] {2L}).iterator())
            .get(0)
            .withPartitionValues(partition);

    List<String> read = new ArrayList<>();
    try (RowIterator rows = files.read(file, table)) {
      rows.forEachRemaining(row -> read.add(Rows.text(row)));
    }

    assertThat(read, contains("[2, 1, null]", "[2, 2, null]"));
  }
}
