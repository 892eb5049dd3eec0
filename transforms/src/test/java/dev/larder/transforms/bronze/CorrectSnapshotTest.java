package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableSchema;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.Rule;
import org.junit.Test;

public class CorrectSnapshotTest {
  private static final TableSchema TABLE = CompareReadsTest.TABLE;
  private static final SnapshotWindow WINDOW =
      new SnapshotWindow(new Sequence(1, 10, 0), 5, new Sequence(1, 20, 0));

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static ChangeRecord change(int place, Operation operation, Object[] before, Object[] to) {
    return new ChangeRecord(
        TABLE, operation, before, to, place, new Sequence(1, place, 0), Origin.LOG, null);
  }

  private static Object[] row(long id, String value) {
    return new Object[] {id, value, "k" + id};
  }

  private void corrects(
      List<ChangeRecord> log, List<ChangeRecord> changes, ChangeRecord... expected) {
    PAssert.that(
            pipeline
                .apply(Create.of(log).withCoder(ChangeRecordCoder.of()))
                .apply(CorrectSnapshot.by(changes, Map.of(TABLE.id(), WINDOW))))
        .containsInAnyOrder(expected);
    pipeline.run().waitUntilFinish();
  }

  @Test
  public void theFirstChangesOfTheirKeysSayHowRowsWereAtTheStart() {
    Sequence behind = new Sequence(1, 10, 1);

    corrects(
        List.of(
            change(15, Operation.UPDATE, row(1, "b"), row(1, "c")),
            change(12, Operation.UPDATE, row(3, "x"), row(3, "y"))),
        List.of(
            change(14, Operation.UPDATE, row(1, "a"), row(1, "b")),
            change(14, Operation.CREATE, null, row(2, "new")),
            change(14, Operation.UPDATE, row(3, "y"), row(3, "z")),
            change(25, Operation.UPDATE, row(4, "after"), row(4, "the snapshot"))),
        ChangeRecord.read(TABLE, row(1, "a"), 5, behind),
        new ChangeRecord(
            TABLE, Operation.DELETE, row(2, "new"), null, 5, behind, Origin.SNAPSHOT, null));
  }

  @Test
  public void nothingIsCorrectedByWhatWasKnown() {
    ChangeRecord known = change(14, Operation.UPDATE, row(1, "a"), row(1, "b"));

    corrects(
        List.of(change(13, Operation.UPDATE, row(1, "0"), row(1, "a")), known), List.of(known));
  }
}
