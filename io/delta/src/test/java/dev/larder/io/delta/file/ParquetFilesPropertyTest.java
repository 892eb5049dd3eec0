package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.log.DataFile;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Rows of any columns read back from Parquet as they were written, and as others would read them.
 */
class ParquetFilesPropertyTest {

  record Table(RowSchema schema, List<Object[]> rows) {}

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void rowsOfAnyColumnsReadBackEqual(@ForAll("tables") Table table) throws IOException {
    MemoryFile file = written(table);

    List<Object[]> read = read(file, table.schema);

    assertThat(read.size(), is(table.rows.size()));
    for (int i = 0; i < read.size(); i++) {
      assertThat(Values.sameRow(read.get(i), table.rows.get(i)), is(true));
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void aColumnReadsAloneAsItReadsAmongOthers(@ForAll("tables") Table table, @ForAll int choice)
      throws IOException {
    int column = Math.floorMod(choice, table.schema.size());
    MemoryFile file = written(table);

    List<Object[]> read = read(file, RowSchema.of(table.schema.column(column)));

    for (int i = 0; i < read.size(); i++) {
      assertThat(Values.same(read.get(i)[0], table.rows.get(i)[column]), is(true));
    }
  }

  /** Behind so many equal rows that their columns are taken for runs; in several row groups. */
  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void rowsBehindManyEqualOnesReadBackEqual(
      @ForAll("tables") Table table, @ForAll @IntRange(min = 0, max = 300) int more)
      throws IOException {
    if (table.rows.isEmpty()) {
      return;
    }
    List<Object[]> rows = new ArrayList<>(Collections.nCopies(4_096 + more, table.rows.get(0)));
    for (Object[] row : table.rows) {
      rows.addAll(Collections.nCopies(1 + more, row));
    }
    MemoryFile file = new MemoryFile();
    try (ParquetOutput out = new ParquetOutput(file, "table", table.schema, 1 << 13, 500)) {
      for (Object[] row : rows) {
        out.write(row);
      }
    }

    List<Object[]> read = read(file, table.schema);

    assertThat(read.size(), is(rows.size()));
    for (int i = 0; i < read.size(); i++) {
      assertThat(Values.sameRow(read.get(i), rows.get(i)), is(true));
    }
  }

  private static MemoryFile written(Table table) throws IOException {
    MemoryFile file = new MemoryFile();
    try (ParquetOutput out = new ParquetOutput(file, "table", table.schema)) {
      for (Object[] row : table.rows) {
        out.write(row);
      }
    }
    return file;
  }

  private static List<Object[]> read(MemoryFile file, RowSchema schema) {
    List<Object[]> rows = new ArrayList<>();
    try (RowIterator read =
        TableFileReader.open(
            file,
            FileSlice.whole(new DataFile("memory", 0, 0, null, Map.of())),
            schema,
            new Condition.AllOf(List.of()),
            new ScanCounts())) {
      read.forEachRemaining(rows::add);
    }
    return rows;
  }

  @Provide
  Arbitrary<Table> tables() {
    return schemas(2)
        .flatMap(
            schema ->
                row(schema).list().ofMaxSize(12).map(rows -> new Table(schema, List.copyOf(rows))));
  }

  private static Arbitrary<RowSchema> schemas(int depth) {
    return Combinators.combine(types(depth), Arbitraries.of(true, false))
        .as((type, nullable) -> new Column("c", type, nullable))
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(
            columns -> {
              List<Column> named = new ArrayList<>();
              for (Column column : columns) {
                named.add(new Column("c" + named.size(), column.type(), column.nullable()));
              }
              return RowSchema.of(named);
            });
  }

  private static Arbitrary<ColumnType> types(int depth) {
    Arbitrary<ColumnType> leaves =
        Arbitraries.of(
            ColumnType.BOOLEAN,
            ColumnType.INT,
            ColumnType.integer(8),
            ColumnType.integer(16),
            ColumnType.integer(32),
            ColumnType.FLOAT,
            ColumnType.DOUBLE,
            ColumnType.STRING,
            ColumnType.JSON,
            ColumnType.BINARY,
            ColumnType.DATE,
            ColumnType.TIME,
            ColumnType.DATETIME,
            ColumnType.TIMESTAMP,
            ColumnType.decimal(9, 9),
            ColumnType.decimal(18, 0),
            ColumnType.decimal(38, 38),
            ColumnType.decimal(38, 0));
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Column> inner =
        Combinators.combine(types(depth - 1), Arbitraries.of(true, false))
            .as((type, nullable) -> new Column("element", type, nullable));
    Arbitrary<ColumnType> keys = types(0);
    return Arbitraries.oneOf(
        leaves,
        schemas(depth - 1).map(ColumnType::struct),
        inner.map(ColumnType::array),
        Combinators.combine(keys, inner)
            .as(
                (key, value) ->
                    ColumnType.map(key, new Column("value", value.type(), value.nullable()))));
  }

  private static Arbitrary<Object[]> row(RowSchema schema) {
    return Combinators.combine(schema.columns().stream().map(c -> value(c)).toList())
        .as(List::toArray);
  }

  private static Arbitrary<Object> value(Column column) {
    Arbitrary<Object> values = value(column.type()).asGeneric();
    return column.nullable() ? values.injectNull(0.3) : values;
  }

  private static Arbitrary<?> value(ColumnType type) {
    return switch (type.kind()) {
      case BOOLEAN -> Arbitraries.of(true, false);
      case INT ->
          Arbitraries.longs()
              .between(Long.MIN_VALUE >> 64 - type.bits(), Long.MAX_VALUE >> 64 - type.bits());
      case TIME, DATETIME, TIMESTAMP -> Arbitraries.longs();
      case DATE -> Arbitraries.integers();
      case FLOAT ->
          Arbitraries.of(0f, -0f, Float.NaN, Float.MIN_VALUE, -1.5f, Float.NEGATIVE_INFINITY);
      case DOUBLE -> Arbitraries.of(0d, -0d, Double.NaN, Double.MAX_VALUE, 0.1);
      case STRING, JSON -> Arbitraries.of("", "a", "\0", "pizza \uD83C\uDF55", "ß".repeat(300));
      case BINARY -> Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
      case DECIMAL -> {
        BigInteger bound = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        yield Arbitraries.bigIntegers()
            .between(bound.negate(), bound)
            .map(unscaled -> new BigDecimal(unscaled, type.scale()));
      }
      case STRUCT -> row(type.fields());
      case ARRAY -> value(type.element()).list().ofMaxSize(4).map(List::toArray);
      case MAP ->
          row(type.fields())
              .list()
              .ofMaxSize(3)
              .map(entries -> Arrays.copyOf(entries.toArray(), entries.size(), Object[].class));
    };
  }
}
