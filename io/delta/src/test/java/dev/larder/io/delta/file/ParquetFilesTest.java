package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.merge.MergeRule;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ParquetFilesTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private DataFile write(RowSchema schema, Object[]... rows) {
    return files().write(schema, 0, List.of(rows).iterator()).get(0);
  }

  private TableFiles files() {
    return new TableFiles(store());
  }

  private TableStore store() {
    return TableStores.at(folder.getRoot().toString());
  }

  private List<Object[]> read(DataFile file, RowSchema wanted) {
    List<Object[]> read = new ArrayList<>();
    try (RowIterator rows = files().read(file, wanted)) {
      rows.forEachRemaining(read::add);
    }
    return read;
  }

  @Test
  public void everyKindReadsBackEqual() {
    DataFile file = write(Rows.EVERY_KIND, Rows.full(), Rows.absent(2), Rows.full());

    List<Object[]> read = read(file, Rows.EVERY_KIND);

    assertThat(Values.sameRow(read.get(0), Rows.full()), is(true));
    assertThat(Values.sameRow(read.get(1), Rows.absent(2)), is(true));
    assertThat(Values.sameRow(read.get(2), Rows.full()), is(true));
    assertThat(read.size(), is(3));
  }

  /** Spark does not find 0.0 in a dictionary of -0.0: {@code WHERE d = 0.0} lost those rows. */
  @Test
  public void floatingNumbersHaveNoDictionary() throws Exception {
    RowSchema schema =
        RowSchema.of(
            Column.required("n", ColumnType.INT),
            Column.required("d", ColumnType.DOUBLE),
            Column.required("f", ColumnType.FLOAT));
    MemoryFile file = new MemoryFile();
    try (ParquetOutput out = new ParquetOutput(file, "t", schema)) {
      for (int i = 0; i < 5_000; i++) {
        out.write(new Object[] {i % 2L, i % 2 == 0 ? -0.0 : 5.0, i % 2 == 0 ? -0.0f : 5.0f});
      }
    }

    try (ParquetFileReader reader = ParquetFileReader.open(file)) {
      List<Boolean> dictionaries = new ArrayList<>();
      reader
          .getRowGroups()
          .get(0)
          .getColumns()
          .forEach(column -> dictionaries.add(column.hasDictionaryPage()));
      assertThat(dictionaries, contains(true, false, false));
    }
  }

  /** A link's own key is there once, that of a parent often. */
  @Test
  public void hashesThatRepeatHaveADictionaryAndOthersAreStored() throws Exception {
    RowSchema schema =
        RowSchema.of(
            Column.required("hk", ColumnType.BINARY), Column.required("parent", ColumnType.BINARY));
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      rows.add(new Object[] {sha256("link " + i), sha256("parent " + i % 600)});
    }
    DataFile file = files().write(schema, 0, rows.iterator()).get(0);

    List<Object[]> read = read(file, schema);
    assertThat(read.size(), is(rows.size()));
    for (int i = 0; i < read.size(); i++) {
      assertThat(Values.sameRow(read.get(i), rows.get(i)), is(true));
    }
    MemoryFile stored = new MemoryFile();
    try (ParquetOutput out = new ParquetOutput(stored, "t", schema)) {
      for (Object[] row : rows) {
        out.write(row);
      }
    }
    try (ParquetFileReader reader = ParquetFileReader.open(stored)) {
      List<ColumnChunkMetaData> columns = reader.getRowGroups().get(0).getColumns();
      assertThat(columns.get(0).hasDictionaryPage(), is(false));
      assertThat(columns.get(1).hasDictionaryPage(), is(true));
      // A frame of Zstandard that stores its bytes is some bytes longer than they are.
      assertThat(
          columns.get(0).getTotalSize(), greaterThan(columns.get(0).getTotalUncompressedSize()));
      assertThat(columns.get(1).getTotalSize(), lessThan(columns.get(0).getTotalSize() / 8));
    }
  }

  private static byte[] sha256(String text) throws Exception {
    return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** They are written as one run. */
  @Test
  public void duckDbReadsColumnsOfOneValue() throws Exception {
    Object[][] rows = new Object[5_000][];
    Arrays.fill(rows, Rows.full());
    DataFile full = write(Rows.EVERY_KIND, rows);
    Arrays.fill(rows, Rows.absent(2));
    DataFile absent = write(Rows.EVERY_KIND, rows);
    String files =
        String.format(
            "(['%s', '%s'])", store().address(full.path()), store().address(absent.path()));

    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT COUNT(*), COUNT(id), MIN(id), COUNT(DISTINCT name), COUNT(name),"
                    + " MIN(amount), COUNT(amount), COUNT(\"after\".\"inner\".x), MAX(hex(hk)),"
                    + " COUNT(ratio) FROM read_parquet"
                    + files)) {
      result.next();
      List<String> values = new ArrayList<>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        values.add(result.getString(i));
      }
      assertThat(
          values,
          contains(
              "10000",
              "10000",
              "1",
              "1",
              "5000",
              "12345678901234.5678",
              "5000",
              "5000",
              "0001FF",
              "5000"));
    }
  }

  @Test
  public void duckDbReadsEqualValues() throws Exception {
    DataFile file = write(Rows.EVERY_KIND, Rows.full(), Rows.absent(2));
    String path = store().address(file.path());
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet result =
          statement.executeQuery(
              "SELECT id, flag, price, amount, wide, big, ratio, rating, name, doc, hex(hk),"
                  + " opened_on, opens, ordered_at, updated_at, \"after\".id, \"after\".at,"
                  + " \"after\".\"inner\".x, typeof(hk), typeof(ordered_at), typeof(big)"
                  + " FROM read_parquet('"
                  + path
                  + "') ORDER BY id")) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getString(i));
          }
          rows.add(row.toString());
        }
      }
    }

    assertThat(
        rows.get(0),
        is(
            "[1, true, -1234567.89, 12345678901234.5678,"
                + " -1234567890123456789012345678.0123456789, 18446744073709551615, 0.1,"
                + " 3.141592653589793, "
                + Rows.full()[8]
                + ", {\"a\":[1,2.5]}, 0001FF, 2024-03-30,"
                + " -90061000001, 2024-03-31T02:00:00.123456Z, 1969-12-31T23:59:59.999999Z, 7,"
                + " 2024-03-31T02:00:00.000001Z, deep, BLOB, TIMESTAMP WITH TIME ZONE,"
                + " DECIMAL(20,0)]"));
    assertThat(
        rows.get(1),
        is(
            "[2, null, null, null, null, null, null, null, null, null, null, null, null, null,"
                + " null, null, null, null, BLOB, TIMESTAMP WITH TIME ZONE, DECIMAL(20,0)]"));
  }

  @Test
  public void readsOnlyWantedColumnsInTheWantedOrder() {
    DataFile file = write(Rows.EVERY_KIND, Rows.full());

    RowSchema wanted = MergeRule.columns(Rows.EVERY_KIND, List.of("opens", "id"));

    assertThat(Rows.text(read(file, wanted).get(0)), is("[-90061000001, 1]"));
  }

  @Test
  public void columnsThatAFileLacksAreNull() {
    RowSchema old =
        RowSchema.of(
            Column.nullable("id", ColumnType.INT),
            Column.nullable(
                "after", ColumnType.struct(RowSchema.of(Column.nullable("a", ColumnType.INT)))));
    DataFile file = write(old, new Object[] {1L, new Object[] {10L}}, new Object[] {2L, null});
    RowSchema wanted =
        RowSchema.of(
            Column.nullable("new", ColumnType.STRING),
            Column.nullable(
                "after", ColumnType.struct(RowSchema.of(Column.nullable("b", ColumnType.DATE)))),
            Column.nullable(
                "before", ColumnType.struct(RowSchema.of(Column.nullable("a", ColumnType.INT)))));

    List<String> rows = read(file, wanted).stream().map(Rows::text).toList();

    assertThat(rows, contains("[null, [null], null]", "[null, null, null]"));
  }

  @Test
  public void rowsAreCountedEvenIfNoWantedColumnIsInTheFile() {
    RowSchema old = RowSchema.of(Column.nullable("id", ColumnType.INT));
    DataFile file = write(old, new Object[] {1L}, new Object[] {2L});

    List<Object[]> rows = read(file, RowSchema.of(Column.nullable("new", ColumnType.STRING)));

    assertThat(rows.stream().map(Rows::text).toList(), contains("[null]", "[null]"));
  }

  @Test
  public void refusesANullInARequiredColumn() {
    UserException error =
        assertThrows(
            UserException.class, () -> write(Rows.EVERY_KIND, new Object[Rows.EVERY_KIND.size()]));

    assertThat(
        error.getMessage(),
        is(
            folder.getRoot()
                + ", column \"id\" is not null in the table, but a row has no value for it. Mend"
                + " the rows, or make the column nullable."));
  }

  @Test
  public void namesAFileThatIsDamaged() throws Exception {
    DataFile file = write(Rows.EVERY_KIND, Rows.full());
    Path path = Path.of(store().address(file.path()));
    Files.write(path, java.util.Arrays.copyOf(Files.readAllBytes(path), 100));

    SinkException error = assertThrows(SinkException.class, () -> read(file, Rows.EVERY_KIND));

    assertThat(error.getMessage().startsWith(path + " cannot be read ("), is(true));
    assertThat(
        error.getMessage().endsWith("). If it is damaged, restore it from a copy."), is(true));
  }
}
