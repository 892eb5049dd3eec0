package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableRowsCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.log.CommitInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Groups of rows, and partitions that they replace. */
public class ReplacementTest {
  private static final RowSchema DAYS =
      RowSchema.of(
          Column.required("day", ColumnType.TIMESTAMP), Column.required("id", ColumnType.INT));
  private static final TableSpec SPEC =
      new TableSpec("days", DAYS, new LoadRule.Append(), 1, Map.of()).withPartitions("day");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();
  @Rule public final transient TestPipeline reading = TestPipeline.create();

  private String lake() {
    return folder.getRoot().toString();
  }

  private DeltaTable table() {
    return DeltaTable.of(lake(), "days");
  }

  private static Object[] row(long day, long id) {
    return new Object[] {day * 1_000_000, id};
  }

  private void write(long batch, Replacement replacement, Object[]... rows) {
    write(SPEC, batch, replacement, rows);
  }

  private void write(TableSpec spec, long batch, Replacement replacement, Object[]... rows) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(
            Create.of(List.of(TableRows.of("days", spec.schema(), List.of(rows))))
                .withCoder(TableRowsCoder.of()))
        .apply(
            DeltaIO.writeRows()
                .to(lake())
                .withTables(List.of(spec))
                .withTransaction("test", batch)
                .replacing("days", replacement)
                .groups());
    pipeline.run().waitUntilFinish();
  }

  private static Replacement replacement(long version, Long... days) {
    List<List<Object>> partitions = new ArrayList<>();
    for (Long day : days) {
      partitions.add(List.of(day * 1_000_000));
    }
    return new Replacement(version, partitions, Map.of("seen", version + 100));
  }

  private List<List<Object>> stored() {
    List<List<Object>> stored = new ArrayList<>();
    try (RowIterator rows = table().latest().rows()) {
      rows.forEachRemaining(row -> stored.add(Arrays.asList(row)));
    }
    return stored;
  }

  private static List<Object> stored(long day, long id) {
    return List.of(day * 1_000_000, id);
  }

  @Before
  public void threeDays() {
    write(0, replacement(-1), row(1, 10), row(1, 11), row(2, 20), row(3, 30));
  }

  @Test
  public void filesWrittenInsideOfAnotherStepBecomeVisibleTogether() {
    WriteRows write = writing(1);
    SerializableFunction<TableRows, WrittenRows> writer = write.writer();
    WrittenRows first = writer.apply(TableRows.of("days", DAYS, List.of(row(1, 12), row(4, 40))));
    WrittenRows second = writer.apply(TableRows.of("days", DAYS, List.<Object[]>of(row(2, 21))));
    WrittenRows none = writer.apply(TableRows.of("days", DAYS, List.of()));

    assertThat(table().latest().version(), is(0L));
    commit(write, first, second, none);

    assertThat(table().latest().version(), is(1L));
    assertThat(stored(), hasSize(7));
    assertThat(stored(), hasItems(stored(1, 12), stored(4, 40), stored(2, 21), stored(1, 10)));
  }

  @Test
  public void filesOfABatchThatIsCommittedAreNotWrittenAgain() {
    WriteRows write = writing(1);
    TableRows rows = TableRows.of("days", DAYS, List.<Object[]>of(row(1, 12)));
    commit(write, write.writer().apply(rows));

    commit(write, writing(1).writer().apply(rows));

    assertThat(table().latest().version(), is(1L));
    assertThat(stored(), hasSize(5));
  }

  private WriteRows writing(long batch) {
    return DeltaIO.writeRows().to(lake()).withTables(List.of(SPEC)).withTransaction("test", batch);
  }

  private static void commit(WriteRows write, WrittenRows... written) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(List.of(written)).withCoder(WrittenRows.coder()))
        .apply(write.written());
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void replacesPartitionsAndAddsToOthersInOneCommit() {
    write(1, replacement(0, 1L, 3L), row(1, 12), row(2, 21));

    assertThat(table().latest().version(), is(1L));
    assertThat(stored(), containsInAnyOrder(stored(1, 12), stored(2, 20), stored(2, 21)));
    CommitInfo info = table().history(1).get(0);
    assertThat(info.parameters().get("mode"), is("Overwrite"));
    assertThat(table().batch("seen"), is(100L));
  }

  @Test
  public void dropsPartitionsThoughNoRowComes() {
    write(1, replacement(0, 1L, 2L));

    assertThat(stored(), containsInAnyOrder(stored(3, 30)));
    assertThat(table().latest().partitions().size(), is(1));
    assertThat(table().latest().partitions().get(0).values(), is(List.of(3_000_000L)));
  }

  @Test
  public void writesABatchOnce() {
    write(1, replacement(0, 1L), row(1, 12));
    write(1, replacement(0, 1L), row(1, 13));

    assertThat(table().latest().version(), is(1L));
    assertThat(stored(), containsInAnyOrder(stored(1, 12), stored(2, 20), stored(3, 30)));
  }

  @Test
  public void refusesToReplaceWhatOthersHaveChanged() {
    table().append(DAYS, List.<Object[]>of(row(1, 14)).iterator());

    Exception refusal =
        assertThrows(Exception.class, () -> write(1, replacement(0, 1L), row(1, 12)));

    assertThat(refusal.toString(), containsString("version 0"));
    assertThat(
        stored(),
        containsInAnyOrder(
            stored(1, 10), stored(1, 11), stored(1, 14), stored(2, 20), stored(3, 30)));
  }

  @Test
  public void replacesEverythingWithItsColumns() {
    RowSchema other =
        RowSchema.of(
            Column.required("day", ColumnType.TIMESTAMP),
            Column.required("name", ColumnType.STRING));
    TableSpec spec =
        new TableSpec("days", other, new LoadRule.Append(), 1, Map.of()).withPartitions("day");

    write(spec, 1, Replacement.ofEverything(0, Map.of()), new Object[] {1_000_000L, "a"});

    assertThat(table().latest().schema(), is(other));
    assertThat(stored(), containsInAnyOrder(List.<Object>of(1_000_000L, "a")));
  }

  @Test
  public void readsGroupsOfRows() {
    PAssert.that(
            reading
                .apply(DeltaIO.readRows().from(lake(), "days").withColumns(List.of("id")).groups())
                .apply(
                    FlatMapElements.into(TypeDescriptors.longs())
                        .via(
                            (TableRows rows) -> {
                              List<Long> ids = new ArrayList<>();
                              rows.forEach(row -> ids.add((Long) row[0]));
                              return ids;
                            })))
        .containsInAnyOrder(10L, 11L, 20L, 30L);
    reading.run();
  }

  @Test
  public void tellsFromWhichValueOnRowsCameOrWent() {
    TableSpec plain = new TableSpec("plain", DAYS, new LoadRule.Append(), 1, Map.of());
    DeltaTable table = DeltaTable.create(lake(), plain);
    table.append(DAYS, List.of(row(5, 1), row(9, 2)).iterator());
    table.append(DAYS, List.of(row(7, 3), row(8, 4)).iterator());

    assertThat(table.changedBound("day", 2, 2).isAnything(), is(false));
    Object lowest = table.changedBound("day", 1, 2).lowest();
    assertThat((Long) lowest, lessThanOrEqualTo(7_000_000L));
    assertThat((Long) lowest > 6_000_000L, is(true));
    assertThat((Long) table.changedBound("day", 0, 2).lowest() > 4_000_000L, is(true));
    assertThat(table.latest().rowCount().getAsLong(), is(4L));
    assertThat(table.latest().bounds("id").min(), is((Object) 1L));
    assertThat(table.latest().bounds("id").max(), is((Object) 4L));
  }

  @Test
  public void knowsNoBoundWhereAFileHasNoStatistics() {
    TableSpec plain =
        new TableSpec(
            "plain",
            DAYS,
            new LoadRule.Append(),
            1,
            Map.of("delta.dataSkippingNumIndexedCols", "0"));
    DeltaTable table = DeltaTable.create(lake(), plain);
    table.append(DAYS, List.<Object[]>of(row(5, 1)).iterator());

    assertThat(table.changedBound("day", 0, 1), is(new ChangedBound(true, null)));
    assertThat(table.latest().bounds("day").min(), nullValue());
  }

  @Test
  public void anEmptyTableHasNoPartitions() {
    write(1, replacement(0, 1L, 2L, 3L));

    assertThat(table().latest().partitions(), empty());
  }
}
