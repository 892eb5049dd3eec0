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
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.FieldMetadata;
import io.delta.standalone.types.IntegerType;
import io.delta.standalone.types.LongType;
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
  public void readsNarrowIntegersButDoesNotWriteThem() {
    StructType foreign =
        new StructType(new StructField[] {new StructField("n", new IntegerType())});

    assertThat(DeltaTypes.fromDelta("t", foreign).toString(), is("n int"));
    assertThat(
        assertThrows(UserException.class, () -> DeltaTypes.requireWritable("t", foreign))
            .getMessage(),
        is(
            "t, column \"n\" has the Delta type int; here it could only be written as bigint. Widen"
                + " the column with the engine that created the table, or load into a new one."));
  }

  @Test
  public void refusesTypesWithoutAKind() {
    StructType foreign =
        new StructType(
            new StructField[] {new StructField("tags", new ArrayType(new StringType(), true))});

    assertThat(
        assertThrows(UserException.class, () -> DeltaTypes.fromDelta("t", foreign)).getMessage(),
        is(
            "t, column \"tags\" has the Delta type array, which cannot be read here. Convert it, or copy"
                + " the table without it."));
  }

  @Test
  public void refusesToWriteColumnsWithInvariants() {
    StructType foreign =
        new StructType(
            new StructField[] {
              new StructField(
                  "n",
                  new LongType(),
                  true,
                  FieldMetadata.builder().putString("delta.invariants", "n > 1").build())
            });

    assertThat(
        assertThrows(UserException.class, () -> DeltaTypes.requireWritable("t", foreign))
            .getMessage(),
        is(
            "t uses a column invariant (column \"n\"), which Larder cannot honour. Remove it with"
                + " the engine that created the table."));
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
}
