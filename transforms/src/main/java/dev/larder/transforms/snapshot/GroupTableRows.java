package dev.larder.transforms.snapshot;

import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableRowsCoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;

/**
 * Makes groups of single rows: those of a table in a bundle, 4,096 at most.
 *
 * <p><b>Input / Output</b>: bounded; the same rows. What is put into other windows comes out in the
 * global one. Changes and order of the rows are lost: the rows are what a table holds.
 */
public final class GroupTableRows
    extends PTransform<PCollection<TableRow>, PCollection<TableRows>> {
  private static final long serialVersionUID = 1L;

  @Override
  public PCollection<TableRows> expand(PCollection<TableRow> rows) {
    return rows.apply("One window", Window.into(new GlobalWindows()))
        .apply("Group rows", ParDo.of(new GroupFn()))
        .setCoder(TableRowsCoder.of());
  }

  static final class GroupFn extends DoFn<TableRow, TableRows> {
    private static final long serialVersionUID = 1L;
    private static final int ROWS = 1 << 12;

    private transient Map<String, List<TableRow>> tables;

    @StartBundle
    public void startBundle() {
      tables = new LinkedHashMap<>();
    }

    @ProcessElement
    public void process(
        @Element TableRow row, BoundedWindow window, OutputReceiver<TableRows> out) {
      List<TableRow> held = tables.computeIfAbsent(row.table(), any -> new ArrayList<>());
      if (!held.isEmpty() && (held.size() == ROWS || !held.get(0).schema().equals(row.schema()))) {
        out.output(group(held));
        held.clear();
      }
      held.add(row);
    }

    @FinishBundle
    public void finishBundle(FinishBundleContext context) {
      for (List<TableRow> held : tables.values()) {
        context.output(group(held), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
      }
      tables = null;
    }

    private static TableRows group(List<TableRow> held) {
      TableRow first = held.get(0);
      return TableRows.of(
          first.table(), first.schema(), held.stream().map(TableRow::values).toList());
    }
  }
}
