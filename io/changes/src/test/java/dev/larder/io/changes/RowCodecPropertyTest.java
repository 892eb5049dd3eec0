package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.beam.sdk.util.CoderUtils;

/** Whatever a row holds, it comes out of its coder as it went in. */
class RowCodecPropertyTest {

  record Sample(RowSchema schema, Object[] row) {}

  @Property
  void rowReadsBackEqual(@ForAll("samples") Sample sample) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    RowCodec.writeSchema(sample.schema, out);
    RowCodec.write(sample.schema, sample.row, out);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));

    RowSchema schema = RowCodec.readSchema(in);
    Object[] row = RowCodec.read(schema, in);

    assertThat(schema, is(sample.schema));
    assertThat(Values.sameRow(row, sample.row), is(true));
    assertThat("nothing is left over", in.read(), is(-1));
  }

  @Property
  void rowReadsBackEqualFromABuffer(@ForAll("samples") Sample sample) throws IOException {
    RowBuffer out = new RowBuffer();
    RowCodec.write(sample.schema, sample.row, out);
    RowBytes in = new RowBytes(out.toByteArray());

    assertThat(Values.sameRow(RowCodec.read(sample.schema, in), sample.row), is(true));
    assertThat("nothing is left over", in.isAtEnd(), is(true));
  }

  @Property
  void longReadsBackEqual(@ForAll long value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    RowCodec.writeLong(value, new DataOutputStream(bytes));

    long read =
        RowCodec.readLong(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

    assertThat(read, is(value));
  }

  @Property(tries = 300)
  void changeRecordReadsBackEqual(
      @ForAll("samples") Sample sample, @ForAll Operation operation, @ForAll long committedAt)
      throws IOException {
    TableSchema table =
        new TableSchema(
            new TableId("pos", "orders"), sample.schema, List.of(sample.schema.column(0).name()));
    boolean before = operation == Operation.UPDATE || operation == Operation.DELETE;
    boolean after = operation != Operation.DELETE && operation != Operation.TRUNCATE;
    ChangeRecord record =
        new ChangeRecord(
            table,
            operation,
            before ? sample.row : null,
            after ? sample.row : null,
            committedAt,
            new Sequence(3, 4_000_000_000L, 7),
            operation == Operation.READ ? Origin.SNAPSHOT : Origin.LOG,
            operation == Operation.READ ? null : new LogPlace("pos.orders", 2, 99));

    ChangeRecord read =
        CoderUtils.decodeFromByteArray(
            ChangeRecordCoder.of(), CoderUtils.encodeToByteArray(ChangeRecordCoder.of(), record));

    assertThat(read, is(record));
  }

  @Property(tries = 300)
  void tableRowReadsBackEqual(@ForAll("samples") Sample sample, @ForAll TableRow.Change change)
      throws IOException {
    TableRow row =
        new TableRow("vault/hub_order", sample.schema, sample.row, new Sequence(1, 2, 3), change);

    TableRow read =
        CoderUtils.decodeFromByteArray(
            TableRowCoder.of(), CoderUtils.encodeToByteArray(TableRowCoder.of(), row));

    assertThat(read, is(row));
  }

  @Provide
  Arbitrary<Sample> samples() {
    return fields(2).list().ofMinSize(1).ofMaxSize(20).map(RowCodecPropertyTest::sample);
  }

  private record Field(ColumnType type, Object value) {}

  private static Sample sample(List<Field> fields) {
    List<Column> columns = new ArrayList<>();
    Object[] row = new Object[fields.size()];
    for (int i = 0; i < row.length; i++) {
      columns.add(new Column("c" + i, fields.get(i).type, i % 3 != 0));
      row[i] = fields.get(i).value;
    }
    return new Sample(RowSchema.of(columns), row);
  }

  private static Arbitrary<Field> fields(int depth) {
    List<Arbitrary<Field>> kinds =
        new ArrayList<>(
            List.of(
                field(ColumnType.BOOLEAN, Arbitraries.of(true, false)),
                field(ColumnType.INT, Arbitraries.longs()),
                field(ColumnType.FLOAT, Arbitraries.floats()),
                field(ColumnType.DOUBLE, Arbitraries.doubles()),
                field(ColumnType.STRING, Arbitraries.strings().ofMaxLength(40)),
                field(ColumnType.JSON, Arbitraries.of("{}", "{\"a\":[1,null]}")),
                field(ColumnType.BINARY, Arbitraries.bytes().array(byte[].class).ofMaxSize(300)),
                field(ColumnType.DATE, Arbitraries.integers()),
                field(ColumnType.TIME, Arbitraries.longs()),
                field(ColumnType.DATETIME, Arbitraries.longs()),
                field(ColumnType.TIMESTAMP, Arbitraries.longs()),
                field(
                    ColumnType.decimal(38, 4),
                    Arbitraries.bigIntegers()
                        .between(BigInteger.TEN.pow(38).negate(), BigInteger.TEN.pow(38))
                        .map(unscaled -> new BigDecimal(unscaled, 4)))));
    if (depth > 0) {
      kinds.add(
          fields(depth - 1)
              .list()
              .ofMinSize(1)
              .ofMaxSize(9)
              .map(RowCodecPropertyTest::sample)
              .map(inner -> new Field(ColumnType.struct(inner.schema), inner.row)));
      kinds.add(arrays());
      kinds.add(maps());
    }
    return Arbitraries.oneOf(kinds);
  }

  private static Arbitrary<Field> arrays() {
    return Arbitraries.strings()
        .ofMaxLength(5)
        .injectNull(0.3)
        .array(Object[].class)
        .ofMaxSize(20)
        .map(values -> new Field(ColumnType.array(ColumnType.STRING), values));
  }

  private static Arbitrary<Field> maps() {
    ColumnType type = ColumnType.map(ColumnType.integer(32), ColumnType.array(ColumnType.BINARY));
    return Arbitraries.maps(Arbitraries.longs(), arrays().map(Field::value).injectNull(0.3))
        .ofMaxSize(5)
        .map(
            entries ->
                entries.entrySet().stream()
                    .map(entry -> new Object[] {entry.getKey(), bytes((Object[]) entry.getValue())})
                    .toArray())
        .map(entries -> new Field(type, entries));
  }

  private static Object[] bytes(Object[] texts) {
    return texts == null
        ? null
        : Arrays.stream(texts)
            .map(text -> text == null ? null : ((String) text).getBytes(StandardCharsets.UTF_8))
            .toArray();
  }

  private static Arbitrary<Field> field(ColumnType type, Arbitrary<?> values) {
    return values.injectNull(0.2).map(value -> new Field(type, value));
  }
}
