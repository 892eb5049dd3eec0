package dev.larder.io.delta;

import dev.larder.io.changes.RowMaker;
import dev.larder.io.changes.TableRow;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;

/** Makes rows of the elements of a bundle, and blocks and files of the rows: {@link BundleRows}. */
final class BlockRowsFn<T> extends DoFn<T, KV<TablePart, BundlePart>> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;
  private final RowMaker<T> maker;
  private final Counter rowsIn = Metrics.counter(DeltaIO.class, MetricNames.ROWS_IN);

  /** What is known of tables; constant while this function lives. */
  private transient Map<String, TableRoute> routes;

  private transient BundleRows bundle;
  private transient OutputReceiver<KV<TablePart, BundlePart>> receiver;
  private transient FinishBundleContext finish;
  private transient long rows;

  BlockRowsFn(LoadPlan plan, RowMaker<T> maker) {
    this.plan = plan;
    this.maker = maker;
  }

  @Setup
  public void setup() {
    routes = new HashMap<>();
  }

  @StartBundle
  public void startBundle() {
    rows = 0;
    bundle = new BundleRows(plan, routes, this::output);
    maker.begin();
  }

  @ProcessElement
  public void process(@Element T element, OutputReceiver<KV<TablePart, BundlePart>> out) {
    receiver = out;
    maker.make(element, this::add);
  }

  private void add(TableRow row) {
    bundle.add(row);
    rows++;
  }

  private void output(TablePart part, BundlePart brought) {
    if (finish == null) {
      receiver.output(KV.of(part, brought));
    } else {
      finish.output(
          KV.of(part, brought), GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
    }
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    maker.end();
    finish = context;
    bundle.finish();
    finish = null;
    bundle = null;
    rowsIn.inc(rows);
  }
}
