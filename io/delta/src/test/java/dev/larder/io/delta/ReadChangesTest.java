package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class ReadChangesTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT), Column.nullable("name", ColumnType.STRING));
  private static final RowSchema HISTORY =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT),
          Column.nullable("name", ColumnType.STRING),
          Column.nullable("current", ColumnType.BOOLEAN),
          Column.nullable("start", ColumnType.TIMESTAMP),
          Column.nullable("end", ColumnType.TIMESTAMP));
  private static final TableSpec SPEC =
      new TableSpec(
          "history",
          HISTORY,
          new LoadRule.Scd2(List.of("id"), List.of("name"), "start", "end", "current", 99L),
          2,
          Map.of());

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;
  private DeltaTable table;

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
    table = DeltaTable.of(lake, "t");
  }

  private static Object[] row(long id, String name) {
    return new Object[] {id, name};
  }

  private void append(Object[]... rows) {
    table.append(SCHEMA, List.of(rows).iterator());
  }

  private void merge(long batch, TableRow... rows) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(Arrays.asList(rows)).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows().to(lake).withTables(List.of(SPEC)).withTransaction("test", batch));
    pipeline.run().waitUntilFinish();
  }

  private static TableRow version(long id, String name, long start) {
    return Rows.put("history", HISTORY, start, id, name, null, start, null);
  }

  /** Without the commit's time, which is the clock's. */
  private static String text(TableRow row) {
    Object[] values = row.values();
    return Rows.text(Arrays.copyOf(values, values.length - 1));
  }

  private static void read(ReadChanges read, String... expected) {
    Pipeline pipeline = Pipeline.create();
    PAssert.that(
            pipeline
                .apply(read)
                .apply(MapElements.into(TypeDescriptors.strings()).via(ReadChangesTest::text)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private static String message(ReadChanges read) {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(read);
    Throwable thrown =
        assertThrows(
            Pipeline.PipelineExecutionException.class, () -> pipeline.run().waitUntilFinish());
    return thrown.getCause().getMessage();
  }

  @Test
  public void appendsAreInserts() {
    append(row(1, "a"));
    append(row(2, "b"), row(2, "b"));

    read(
        DeltaIO.readChanges().from(lake, "t").afterVersion(-1),
        "[1, a, insert, 0]",
        "[2, b, insert, 1]",
        "[2, b, insert, 1]");
    read(
        DeltaIO.readChanges().from(lake, "t").afterVersion(-1).upToVersion(0), "[1, a, insert, 0]");
    read(DeltaIO.readChanges().from(lake, "t").afterVersion(1));
  }

  @Test
  public void rowsThatAreOnlyCopiedAreNoChanges() {
    append(row(1, "a"), row(2, "b"));
    table.replace(SCHEMA, List.of(row(2, "b"), row(1, "c")).iterator());

    read(
        DeltaIO.readChanges().from(lake, "t").afterVersion(0),
        "[1, a, delete, 1]",
        "[1, c, insert, 1]");
    read(
        DeltaIO.readChanges().from(lake, "t").afterVersion(0).withKey("t", List.of("id")),
        "[1, a, update_preimage, 1]",
        "[1, c, update_postimage, 1]");
  }

  @Test
  public void rowsOfFilesThatAreOnlyRemovedAreDeleted() {
    append(row(1, "a"));
    table.replace(SCHEMA, List.<Object[]>of().iterator());

    read(DeltaIO.readChanges().from(lake, "t").afterVersion(0), "[1, a, delete, 1]");
  }

  @Test
  public void theVersionThatScd2ClosesIsUpdatedAndTheNextIsInserted() {
    merge(0, version(1, "a", 10), version(2, "b", 10));
    merge(1, version(1, "c", 20));

    read(
        DeltaIO.readChanges().from(lake, "history").afterVersion(0),
        "[1, a, true, 10, 99, update_preimage, 1]",
        "[1, a, false, 10, 20, update_postimage, 1]",
        "[1, c, true, 20, 99, insert, 1]");
  }

  @Test
  public void changesCarryTheTimeOfTheirVersion() {
    append(row(1, "a"));
    append(row(2, "b"));
    Instant first = table.at(0).committedAt();
    long second = Values.micros(table.latest().committedAt());

    Pipeline pipeline = Pipeline.create();
    PAssert.that(
            pipeline
                .apply(DeltaIO.readChanges().from(lake, "t").afterTime(first))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> Rows.text(row.values()) + " " + row.order())))
        .containsInAnyOrder("[2, b, insert, 1, " + second + "] 00000000:000000000001:000001");
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void rowsThatAreOlderThanAColumnAreNullInIt() {
    append(row(1, "a"));
    table.append(
        RowSchema.of(
            Column.nullable("id", ColumnType.INT), Column.nullable("more", ColumnType.INT)),
        List.<Object[]>of(new Object[] {2L, 5L}).iterator());

    read(
        DeltaIO.readChanges().from(lake, "t").afterVersion(-1),
        "[1, a, null, insert, 0]",
        "[2, null, 5, insert, 1]");
  }

  @Test
  public void saysAfterWhichVersionChangesAreAvailable() throws Exception {
    append(row(1, "a"));
    String file = table.latest().files().get(0);
    table.replace(SCHEMA, List.<Object[]>of(row(2, "b")).iterator());
    append(row(3, "c"));
    Files.delete(Path.of(file));

    String message = message(DeltaIO.readChanges().from(lake, "t").afterVersion(0));

    assertThat(
        message,
        startsWith(
            "The changes of version 1 of "
                + table
                + " cannot be read any more, for vacuum or the clean-up of the log removed what they"
                + " need: Version 1 of "
                + table
                + " cannot be read whole: "));
    assertThat(message.endsWith(" Changes are available after version 1."), is(true));
    read(DeltaIO.readChanges().from(lake, "t").afterVersion(1), "[3, c, insert, 2]");
  }

  @Test
  public void saysWhichVersionsThereAre() {
    append(row(1, "a"));

    assertThat(
        message(DeltaIO.readChanges().from(lake, "t").afterVersion(3)),
        is(
            table
                + ": there are no changes after version 3 up to version 0. Its latest version is 0;"
                + " begin at -1 (before the first version) or above, and do not end before the"
                + " beginning."));
  }

  @Test
  public void refusesVersionsBetweenWhichAColumnGotAnotherType() {
    append(row(1, "a"));
    append(row(2, "b"));
    RowSchema other = RowSchema.of(Column.nullable("id", ColumnType.STRING));
    table.replace(other, List.<Object[]>of(new Object[] {"x"}).iterator());
    table.append(other, List.<Object[]>of(new Object[] {"y"}).iterator());

    assertThat(
        message(DeltaIO.readChanges().from(lake, "t").afterVersion(0)),
        is(
            "Version 2 of "
                + table
                + " gave column \"id\" another type, so that rows before and after it have no common"
                + " form. Read the changes up to version 1, then all rows of version 2 and the"
                + " changes after it."));
    read(DeltaIO.readChanges().from(lake, "t").afterVersion(2), "[y, insert, 3]");
    read(DeltaIO.readChanges().from(lake, "t").afterVersion(0).upToVersion(1), "[2, b, insert, 1]");
  }

  @Test
  public void refusesATableWithAColumnOfTheFeed() {
    RowSchema taken = RowSchema.of(Column.nullable("_change_type", ColumnType.STRING));
    table.append(taken, List.<Object[]>of(new Object[] {"x"}).iterator());

    assertThat(
        message(DeltaIO.readChanges().from(lake, "t").afterVersion(-1)),
        is(
            table
                + " has a column \"_change_type\", which is what changes of rows are told by. Rename"
                + " it to read changes."));
  }

  @Test
  public void refusesAKeyThatIsNotThere() {
    append(row(1, "a"));

    assertThat(
        message(
            DeltaIO.readChanges().from(lake, "t").afterVersion(-1).withKey("t", List.of("idd"))),
        is(table + " has no column \"idd\". Known columns: id, name."));
  }
}
