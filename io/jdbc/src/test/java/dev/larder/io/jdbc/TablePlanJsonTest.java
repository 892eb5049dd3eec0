package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public final class TablePlanJsonTest {
  private static final BinlogPosition P0 =
      new BinlogPosition("binlog.000003", 157, "", 1_700_000_000_000_000L);
  private static final Map<String, BinlogPosition> POSITIONS = Map.of("pos", P0);
  private static final KeyIndex INDEX =
      new KeyIndex(
          "by \"name\"",
          List.of(
              new KeyColumn("name", KeyForm.TEXT, "utf8mb4", "utf8mb4_bin", true),
              KeyColumn.of("day", KeyForm.DATE)),
          KeyIndex.Order.PARTIAL,
          KeyIndex.Storage.SECONDARY);
  private static final TableSchema TABLE =
      new TableSchema(
          new TableId("pos", "orders"),
          RowSchema.of(
              Column.nullable("name", ColumnType.STRING),
              Column.required("day", ColumnType.DATE),
              Column.required("total", ColumnType.decimal(10, 2))),
          List.of());

  private static TableRange range(KeyBound from, KeyBound to, String... partitions) {
    return new TableRange(
        TABLE,
        new KeyRange(INDEX, from, to),
        List.of(partitions),
        "total > 0",
        123_456,
        P0.sequence(),
        P0.recordedAt());
  }

  @Test
  public void readsWhatItWrote() {
    List<TablePlan> plans =
        List.of(
            new TablePlan(
                TABLE,
                370_000,
                List.of(
                    range(null, KeyBound.before("_utf8mb4 X'C3A4'", "'2024-01-01'")),
                    range(
                        KeyBound.before("_utf8mb4 X'C3A4'", "'2024-01-01'"),
                        KeyBound.before("'x'")),
                    range(KeyBound.behind(List.of("'x'")), null, "p1", "p2")),
                "a note"),
            new TablePlan(
                TABLE,
                0,
                List.of(TableRange.of(TABLE, KeyRange.WHOLE, 0, P0.sequence(), P0.recordedAt())),
                null));

    assertThat(TablePlanJson.read(TablePlanJson.write(plans), POSITIONS), is(plans));
  }

  @Test
  public void aRangeTakesLessThanAHundredBytes() {
    List<TableRange> ranges = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      ranges.add(
          range(KeyBound.before("99999999900" + i), KeyBound.before("99999999900" + (i + 1))));
    }

    String json = TablePlanJson.write(List.of(new TablePlan(TABLE, 1, ranges, null)));

    assertThat(json.length(), lessThan(100 * 1_000));
  }

  @Test
  public void refusesWhatIsNoPlan() {
    assertThrows(IllegalArgumentException.class, () -> TablePlanJson.read("[{}]", POSITIONS));
    assertThrows(IllegalArgumentException.class, () -> TablePlanJson.read("[", POSITIONS));
    String plans =
        TablePlanJson.write(List.of(new TablePlan(TABLE, 1, List.of(range(null, null)), null)));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> TablePlanJson.read(plans, Map.of()))
            .getMessage(),
        is("no position of source pos"));
  }
}
