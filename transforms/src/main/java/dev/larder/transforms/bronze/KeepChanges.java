package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Turns changes into rows of bronze, one for each.
 *
 * <p><b>Input / Output</b>: changes of any tables, bounded or not; out come rows of all their
 * bronze tables in one collection (each says its table), in the form of {@link BronzeRows}. Windows
 * are kept.
 *
 * <p><b>Cost</b>: no shuffle.
 */
public final class KeepChanges
    extends PTransform<PCollection<ChangeRecord>, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  private KeepChanges() {}

  public static KeepChanges asRows() {
    return new KeepChanges();
  }

  @Override
  public PCollection<TableRow> expand(PCollection<ChangeRecord> changes) {
    return changes
        .apply("Write changes as rows", ParDo.of(new BronzeRowFn()))
        .setCoder(TableRowCoder.of());
  }

  static final class BronzeRowFn extends DoFn<ChangeRecord, TableRow> {
    private static final long serialVersionUID = 1L;
    private final BronzeRows rows = new BronzeRows();

    @ProcessElement
    public void process(@Element ChangeRecord change, OutputReceiver<TableRow> out) {
      out.output(rows.row(change));
    }
  }
}
