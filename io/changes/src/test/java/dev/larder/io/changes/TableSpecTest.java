package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.Test;

public class TableSpecTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("day", ColumnType.DATE),
          Column.nullable("hk", ColumnType.BINARY),
          Column.nullable("name", ColumnType.STRING));
  private static final TableSpec SPEC =
      new TableSpec("t", SCHEMA, new LoadRule.Append(), 1, Map.of());

  private static String refused(TableSpec spec, String... columns) {
    return assertThrows(IllegalArgumentException.class, () -> spec.withPartitions(columns))
        .getMessage();
  }

  @Test
  public void aTableHasNoPartitionsUnlessTheyAreDeclared() {
    assertThat(SPEC.partitionedBy(), is(empty()));
    assertThat(SPEC.withPartitions("name", "day").partitionedBy(), contains("name", "day"));
  }

  @Test
  public void onlyATableThatIsAppendedToMayBePartitioned() {
    TableSpec hub =
        new TableSpec("t", SCHEMA, new LoadRule.InsertIfAbsent(List.of("hk")), 1, Map.of());

    assertThat(
        refused(hub, "day"),
        is(
            "t: a table loaded by InsertIfAbsent cannot be partitioned by [day]. Its keys are"
                + " divided into buckets; only Append knows partitions."));
  }

  @Test
  public void partitionColumnsAreColumnsWithATextAndNotAll() {
    assertThat(
        refused(SPEC, "dya"), is("t: no column dya to partition by. Columns: [day, hk, name]"));
    assertThat(
        refused(SPEC, "hk"),
        is(
            "t: column hk is binary, which has no text to name a folder by. Partition by another"
                + " column."));
    TableSpec narrow =
        new TableSpec(
            "t",
            RowSchema.of(Column.nullable("day", ColumnType.DATE)),
            new LoadRule.Append(),
            1,
            Map.of());
    assertThat(
        refused(narrow, "day"),
        is("t: every column is a partition column, no file would hold any. Leave one out."));
  }
}
