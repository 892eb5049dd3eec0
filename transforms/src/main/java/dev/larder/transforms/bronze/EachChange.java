package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.TableChanges;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** The changes of groups, one by one. */
public final class EachChange
    extends PTransform<PCollection<TableChanges>, PCollection<ChangeRecord>> {
  private static final long serialVersionUID = 1L;

  private EachChange() {}

  public static EachChange ofGroups() {
    return new EachChange();
  }

  @Override
  public PCollection<ChangeRecord> expand(PCollection<TableChanges> groups) {
    return groups
        .apply("Take changes", ParDo.of(new EachChangeFn()))
        .setCoder(ChangeRecordCoder.of());
  }

  static final class EachChangeFn extends DoFn<TableChanges, ChangeRecord> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element TableChanges group, OutputReceiver<ChangeRecord> out) {
      group.forEach(out::output);
    }
  }
}
