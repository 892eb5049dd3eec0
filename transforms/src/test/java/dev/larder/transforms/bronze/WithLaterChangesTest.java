package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;

public class WithLaterChangesTest {
  private static final TableSchema TABLE = SnapshotRepairPropertyTest.TABLE;

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void addsWhatFollowsTheBatchInBronze() {
    List<ChangeRecord> log =
        new ArrayList<>(SnapshotRepairPropertyTest.things(7).logAfter(0).subList(0, 30));
    log.set(25, LaterChangesPropertyTest.truncate(TABLE, 26));
    List<ChangeRecord> batch = List.of(log.get(10), log.get(12));
    LaterChanges later = new LaterChanges(ChangeKeys.ofSource());
    batch.forEach(later::touch);
    later.truncate(log.get(25));
    List<ChangeRecord> expected = new ArrayList<>(batch);
    log.stream().filter(later::isLater).forEach(expected::add);

    PCollection<ChangeRecord> loaded =
        changes("Batch", batch)
            .apply(WithLaterChanges.from(changes("Bronze", log), ChangeKeys.ofSource()));

    PAssert.that(loaded).containsInAnyOrder(expected);
    pipeline.run();
  }

  private PCollection<ChangeRecord> changes(String name, List<ChangeRecord> changes) {
    return pipeline.apply(name, Create.of(changes).withCoder(ChangeRecordCoder.of()));
  }
}
