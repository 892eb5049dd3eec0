package dev.larder.transforms.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.SourceTable.OnAlter;
import java.util.List;
import org.junit.Test;

public class TableDriftTest {
  private static final TableSchema KNOWN =
      table(
          Column.required("id", ColumnType.INT),
          Column.nullable("price", ColumnType.decimal(10, 2)),
          Column.nullable("name", ColumnType.STRING));

  private static TableSchema table(Column... columns) {
    return new TableSchema(new TableId("pos", "products"), RowSchema.of(columns), List.of("id"));
  }

  @Test
  public void aTableThatIsAsItWasHasNone() {
    assertThat(TableDrift.of(KNOWN, KNOWN).isNone(), is(true));
    assertThat(TableDrift.of(KNOWN, KNOWN).under(OnAlter.EVOLVE), is(KNOWN));
  }

  @Test
  public void columnsThatCameAndWentAreTakenOverBehindTheOthers() {
    TableSchema now =
        table(
            Column.nullable("colour", ColumnType.STRING),
            Column.required("id", ColumnType.INT),
            Column.nullable("price", ColumnType.decimal(10, 2)));

    TableDrift drift = TableDrift.of(KNOWN, now);

    assertThat(
        drift.lines(OnAlter.EVOLVE),
        contains(
            "new column colour string: taken over into bronze; the vault takes what the model names",
            "column name is gone; colour is new and of the same type: was it renamed?: stays, NULL"
                + " in new rows"));
    assertThat(drift.refused(OnAlter.EVOLVE), is(empty()));
    assertThat(drift.refused(OnAlter.FAIL).size(), is(2));
    assertThat(
        drift.under(OnAlter.EVOLVE).columns().names(), contains("id", "price", "name", "colour"));
  }

  @Test
  public void onlyAWideningThatKeepsEveryTextIsOne() {
    assertThat(kind(ColumnType.decimal(12, 2)), is(TableDrift.Kinds.WIDENED));
    assertThat(kind(ColumnType.decimal(12, 4)), is(TableDrift.Kinds.RETYPED));
    assertThat(kind(ColumnType.decimal(8, 2)), is(TableDrift.Kinds.RETYPED));
    assertThat(kind(ColumnType.STRING), is(TableDrift.Kinds.RETYPED));
    assertThat(
        TableDrift.of(
                KNOWN,
                table(
                    Column.required("id", ColumnType.decimal(20, 0)),
                    Column.nullable("price", ColumnType.decimal(10, 2)),
                    Column.nullable("name", ColumnType.STRING)))
            .changes()
            .get(0)
            .kind(),
        is(TableDrift.Kinds.WIDENED));
  }

  private static TableDrift drift(ColumnType price) {
    return TableDrift.of(
        KNOWN,
        table(
            Column.required("id", ColumnType.INT),
            Column.nullable("price", price),
            Column.nullable("name", ColumnType.STRING)));
  }

  private static TableDrift.Kinds kind(ColumnType price) {
    return drift(price).changes().get(0).kind();
  }

  @Test
  public void eachPolicyDecidesTheType() {
    TableDrift wider = drift(ColumnType.decimal(12, 2));
    assertThat(wider.refused(OnAlter.EVOLVE), is(empty()));
    assertThat(price(wider, OnAlter.EVOLVE), is(ColumnType.decimal(12, 2)));
    assertThat(price(wider, OnAlter.LENIENT), is(ColumnType.decimal(12, 2)));
    assertThat(price(wider, OnAlter.IGNORE), is(ColumnType.decimal(10, 2)));
    TableDrift other = drift(ColumnType.STRING);
    assertThat(other.refused(OnAlter.EVOLVE).size(), is(1));
    assertThat(other.refused(OnAlter.LENIENT), is(empty()));
    assertThat(price(other, OnAlter.LENIENT), is(ColumnType.decimal(10, 2)));
    assertThat(
        other.lines(OnAlter.EVOLVE),
        contains(
            "column price was decimal(10,2), is string, which may give its values another form:"
                + " stops"));
  }

  private static ColumnType price(TableDrift drift, OnAlter policy) {
    RowSchema columns = drift.under(policy).columns();
    return columns.column(columns.position("price")).type();
  }
}
