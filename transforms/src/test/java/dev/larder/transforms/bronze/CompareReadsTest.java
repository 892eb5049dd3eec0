package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.bronze.ComparedTable.Gone;
import dev.larder.transforms.bronze.ComparedTable.Unchanged;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;

public class CompareReadsTest {
  private static final RowSchema COLUMNS =
      RowSchema.of(
          Column.required("id", ColumnType.INT),
          Column.nullable("value", ColumnType.STRING),
          Column.nullable("business_key", ColumnType.STRING));
  static final TableSchema TABLE =
      new TableSchema(new TableId("shop", "things"), COLUMNS, List.of("id"));
  private static final Sequence LEFT = new Sequence(0, 3, 0);
  private static final Sequence READ = new Sequence(0, 3, 1);
  private static final ChangeKeys BY_BUSINESS_KEY =
      (change, out) -> out.accept((String) change.after()[2]);

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static Object[] row(long id, String value, String key) {
    return new Object[] {id, value, key};
  }

  private static ChangeRecord read(TableSchema table, int number, Object... row) {
    return ChangeRecord.read(table, row, number, new Sequence(0, number, 1));
  }

  private static ChangeRecord said(
      Operation operation, Object[] before, Object[] after, Sequence at) {
    return new ChangeRecord(TABLE, operation, before, after, 3, at, Origin.SNAPSHOT, null);
  }

  private void isFound(
      List<ChangeRecord> before,
      List<ChangeRecord> now,
      Gone gone,
      Unchanged unchanged,
      ChangeRecord... expected) {
    ComparedTable table = new ComparedTable(READ, 3, gone, unchanged);
    PAssert.that(
            pipeline.apply(
                CompareReads.of(
                    name -> changes(name, before),
                    name -> changes(name, now),
                    Map.of(TABLE.id(), table),
                    BY_BUSINESS_KEY,
                    4)))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  private PCollection<ChangeRecord> changes(String name, List<ChangeRecord> changes) {
    return pipeline.apply(name, Create.of(changes).withCoder(ChangeRecordCoder.of()));
  }

  private static final List<ChangeRecord> BEFORE =
      List.of(
          read(TABLE, 1, row(1, "a", "A")),
          read(TABLE, 1, row(2, "b", "B")),
          read(TABLE, 1, row(3, "c", "C")),
          read(TABLE, 1, row(4, "d", "D")),
          new ChangeRecord(
              TABLE,
              Operation.UPDATE,
              row(2, "b", "B"),
              row(2, "bb", "B"),
              2,
              new Sequence(0, 2, 1),
              Origin.SNAPSHOT,
              null),
          new ChangeRecord(
              TABLE,
              Operation.DELETE,
              row(4, "d", "D"),
              null,
              2,
              new Sequence(0, 2, 0),
              Origin.SNAPSHOT,
              null));

  @Test
  public void saysWhatIsNewChangedAndGoneSinceTheLastStateThatBronzeHolds() {
    isFound(
        BEFORE,
        List.of(
            read(TABLE, 3, row(1, "a", "A")),
            read(TABLE, 3, row(2, "b", "B")),
            read(TABLE, 3, row(4, "d", "D"))),
        Gone.DELETED,
        Unchanged.LEFT_OUT,
        said(Operation.UPDATE, row(2, "bb", "B"), row(2, "b", "B"), READ),
        said(Operation.DELETE, row(3, "c", "C"), null, LEFT),
        said(Operation.CREATE, null, row(4, "d", "D"), READ));
  }

  @Test
  public void keepsRowsThatAreGoneIfThatIsNoDelete() {
    isFound(BEFORE, List.of(read(TABLE, 3, row(1, "a", "A"))), Gone.KEPT, Unchanged.LEFT_OUT);
  }

  @Test
  public void aRowLeavesItsKeyBeforeAnotherOneTakesIt() {
    isFound(
        BEFORE.subList(0, 2),
        List.of(read(TABLE, 3, row(1, "a", "B")), read(TABLE, 3, row(2, "b", "A"))),
        Gone.DELETED,
        Unchanged.LEFT_OUT,
        said(Operation.UPDATE, row(1, "a", "A"), row(1, "a", "B"), LEFT),
        said(Operation.UPDATE, row(1, "a", "B"), row(1, "a", "B"), READ),
        said(Operation.UPDATE, row(2, "b", "B"), row(2, "b", "A"), LEFT),
        said(Operation.UPDATE, row(2, "b", "A"), row(2, "b", "A"), READ));
  }

  @Test
  public void loadsAllRowsWhereTheyMeanSomethingTogetherOnly() {
    isFound(
        BEFORE.subList(0, 3),
        List.of(
            read(TABLE, 3, row(1, "a", "A")),
            read(TABLE, 3, row(2, "x", "B")),
            read(TABLE, 3, row(5, "e", "E"))),
        Gone.DELETED,
        Unchanged.LOADED,
        read(TABLE, 3, row(1, "a", "A")),
        said(Operation.UPDATE, row(2, "b", "B"), row(2, "x", "B"), READ),
        said(Operation.DELETE, row(3, "c", "C"), null, LEFT),
        read(TABLE, 3, row(5, "e", "E")));
  }

  @Test
  public void aRowWithoutAKeyIsItsOwnKey() {
    TableSchema keyless = new TableSchema(TABLE.id(), COLUMNS, List.of());

    isFound(
        List.of(read(keyless, 1, row(1, "a", "A")), read(keyless, 1, row(1, "b", "A"))),
        List.of(read(keyless, 3, row(1, "a", "A")), read(keyless, 3, row(1, "c", "A"))),
        Gone.DELETED,
        Unchanged.LEFT_OUT,
        new ChangeRecord(
            keyless, Operation.CREATE, null, row(1, "c", "A"), 3, READ, Origin.SNAPSHOT, null),
        new ChangeRecord(
            keyless, Operation.DELETE, row(1, "b", "A"), null, 3, LEFT, Origin.SNAPSHOT, null));
  }
}
