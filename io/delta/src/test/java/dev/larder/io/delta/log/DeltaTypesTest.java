package dev.larder.io.delta.log;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.Rows;
import io.delta.standalone.types.ArrayType;
import io.delta.standalone.types.ByteType;
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.FieldMetadata;
import io.delta.standalone.types.IntegerType;
import io.delta.standalone.types.LongType;
import io.delta.standalone.types.MapType;
import io.delta.standalone.types.NullType;
import io.delta.standalone.types.ShortType;
import io.delta.standalone.types.StringType;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import org.junit.Test;

public class DeltaTypesTest {

  @Test
  public void everyKindReadsBackEqual() {
    StructType delta = DeltaTypes.toDelta("t", Rows.EVERY_KIND);

    assertThat(DeltaTypes.fromDelta("t", delta), is(Rows.EVERY_KIND));
    StructType parsed = (StructType) DataType.fromJson(delta.toJson());
    assertThat(DeltaTypes.fromDelta("t", parsed), is(Rows.EVERY_KIND));
  }

  @Test
  public void refusesNamesThatDeltaDoesNotAllow() {
    RowSchema space = RowSchema.of(Column.nullable("unit price", ColumnType.INT));
    RowSchema twins =
        RowSchema.of(Column.nullable("Id", ColumnType.INT), Column.nullable("id", ColumnType.INT));

    assertThat(
        assertThrows(UserException.class, () -> DeltaTypes.toDelta("t", space)).getMessage(),
        is(
            "t: the name of column \"unit price\" holds one of \" ,;{}()=\", a tab or a line break,"
                + " which Delta does not allow. Rename it."));
    assertThat(
        assertThrows(UserException.class, () -> DeltaTypes.toDelta("t", twins)).getMessage(),
        is(
            "t: columns \"Id\" and \"id\" differ in case only, which Delta does not allow. Rename"
                + " one of them."));
  }

  @Test
  public void narrowIntegersKeepTheirDeclaredType() {
    StructType foreign =
        new StructType(
            new StructField[] {
              new StructField("b", new ByteType()),
              new StructField("s", new ShortType()),
              new StructField("i", new ArrayType(new IntegerType(), false))
            });

    RowSchema schema = DeltaTypes.fromDelta("t", foreign);

    assertThat(schema.toString(), is("b int(8), s int(16), i array<int(32) not null>"));
    assertThat(DeltaTypes.toDelta("t", schema), is(foreign));
  }

  @Test
  public void nestedTypesReadBackEqualAlsoTheirKindsThatDeltaDoesNotKnow() {
    RowSchema inner =
        RowSchema.of(
            Column.required("at", ColumnType.DATETIME), Column.nullable("doc", ColumnType.JSON));
    RowSchema schema =
        RowSchema.of(
            Column.nullable("docs", ColumnType.array(ColumnType.JSON)),
            Column.nullable("times", ColumnType.array(ColumnType.array(ColumnType.TIME))),
            Column.required(
                "changes",
                ColumnType.map(
                    ColumnType.DATETIME,
                    Column.required("value", ColumnType.array(ColumnType.struct(inner))))),
            Column.nullable("plain", ColumnType.map(ColumnType.STRING, ColumnType.TIMESTAMP)));

    StructType delta = DeltaTypes.toDelta("t", schema);

    assertThat(DeltaTypes.fromDelta("t", delta), is(schema));
    StructType parsed = (StructType) DataType.fromJson(delta.toJson());
    assertThat(DeltaTypes.fromDelta("t", parsed), is(schema));
  }

  @Test
  public void refusesTypesWithoutAKind() {
    StructType foreign = new StructType(new StructField[] {new StructField("n", new NullType())});

    assertThat(
        assertThrows(UserException.class, () -> DeltaTypes.fromDelta("t", foreign)).getMessage(),
        is(
            "t, column \"n\" has the Delta type null, which cannot be read here. Convert it, or copy"
                + " the table without it."));
  }

  @Test
  public void addsColumnsAndLeavesForeignMetadataAlone() {
    StructType stored =
        new StructType(
            new StructField[] {
              new StructField(
                  "id", new LongType(), true, FieldMetadata.builder().putString("x", "y").build())
            });
    StructType wanted =
        DeltaTypes.toDelta(
            "t",
            RowSchema.of(
                Column.nullable("doc", ColumnType.JSON), Column.nullable("id", ColumnType.INT)));

    StructType union = DeltaTypes.withColumnsOf(stored, wanted);

    assertThat(DeltaTypes.fromDelta("t", union).toString(), is("id int, doc json"));
    assertThat(union.get("id").getMetadata().get("x"), is("y"));
  }

  @Test
  public void addsFieldsInsideArraysAndMapsAndKeepsWhatMayBeAbsent() {
    StructType item =
        new StructType(new StructField[] {new StructField("a", new LongType(), false)});
    StructType stored =
        new StructType(
            new StructField[] {
              new StructField("items", new ArrayType(item, false)),
              new StructField("byName", new MapType(new StringType(), item, false)),
              new StructField("n", new ShortType(), false)
            });
    RowSchema more =
        RowSchema.of(Column.nullable("a", ColumnType.INT), Column.nullable("b", ColumnType.TIME));
    RowSchema wanted =
        RowSchema.of(
            Column.nullable("items", ColumnType.array(ColumnType.struct(more))),
            Column.nullable("byName", ColumnType.map(ColumnType.STRING, ColumnType.struct(more))),
            Column.nullable("n", ColumnType.INT));

    StructType union = DeltaTypes.withColumnsOf(stored, DeltaTypes.toDelta("t", wanted));

    assertThat(
        DeltaTypes.fromDelta("t", union).toString(),
        is(
            "items array<struct<a int not null, b time> not null>,"
                + " byName map<string, struct<a int not null, b time> not null>,"
                + " n int not null"));
  }
}
