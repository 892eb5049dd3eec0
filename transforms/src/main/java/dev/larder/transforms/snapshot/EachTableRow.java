package dev.larder.transforms.snapshot;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableRows;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** Makes single rows of groups, each with {@link Sequence#BEGINNING}. */
public final class EachTableRow extends PTransform<PCollection<TableRows>, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<TableRow> expand(PCollection<TableRows> groups) {
    return groups.apply("Each row", ParDo.of(new EachFn())).setCoder(TableRowCoder.of());
  }

  static final class EachFn extends DoFn<TableRows, TableRow> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element TableRows rows, OutputReceiver<TableRow> out) {
      rows.forEach(
          row ->
              out.output(
                  TableRow.put(rows.table(), rows.schema(), row.clone(), Sequence.BEGINNING)));
    }
  }
}
