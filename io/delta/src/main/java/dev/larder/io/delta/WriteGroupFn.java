package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.TableRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Writes the rows of each group into files; one is open at a time. */
final class WriteGroupFn extends DoFn<TableRows, KV<TablePart, BundlePart>> {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;
  private final Counter rowsIn = Metrics.counter(DeltaIO.class, MetricNames.ROWS_IN);

  /** What is known of tables; constant while this function lives. */
  private transient Map<String, TableRoute.Appended> routes;

  WriteGroupFn(LoadPlan plan) {
    this.plan = plan;
  }

  @Setup
  public void setup() {
    routes = new HashMap<>();
  }

  @ProcessElement
  public void process(@Element TableRows group, OutputReceiver<KV<TablePart, BundlePart>> out) {
    TableRoute.Appended route =
        routes.computeIfAbsent(group.table(), table -> new TableRoute.Appended(plan, table));
    if (route.isCommitted()) {
      return;
    }
    Files files = new Files(route, group.schema(), rowsIn);
    group.forEach(files);
    files.close();
    if (!files.written.isEmpty()) {
      out.output(KV.of(new TablePart(group.table(), 0), AppendedFiles.all(files.written, route)));
    }
  }

  /** Begins a file where the partition changes. */
  private static final class Files implements Consumer<Object[]> {
    private static final int TOLD_ROWS = 1 << 16;

    private final TableRoute.Appended route;
    private final RowSchema schema;
    private final Counter told;
    private final int[] positions;
    private final Object[] values;
    private final List<BundlePart.Written> written = new ArrayList<>();
    private AppendedFiles open;
    private long untold;

    Files(TableRoute.Appended route, RowSchema schema, Counter told) {
      this.route = route;
      this.schema = schema;
      this.told = told;
      this.positions = route.partitionColumns().stream().mapToInt(schema::find).toArray();
      this.values = new Object[positions.length];
    }

    @Override
    public void accept(Object[] row) {
      if (open == null || isOfAnother(row)) {
        close();
        for (int i = 0; i < positions.length; i++) {
          values[i] = positions[i] < 0 ? null : row[positions[i]];
        }
        open = new AppendedFiles(route, route.partition(schema, row), schema);
      }
      open.write(schema, row, Change.PUT);
      if (++untold == TOLD_ROWS) {
        tell();
      }
    }

    /** The values' identity tells in most rows. */
    private boolean isOfAnother(Object[] row) {
      for (int i = 0; i < positions.length; i++) {
        Object value = positions[i] < 0 ? null : row[positions[i]];
        if (value != values[i] && (value == null || !value.equals(values[i]))) {
          return true;
        }
      }
      return false;
    }

    private void tell() {
      told.inc(untold);
      untold = 0;
    }

    void close() {
      if (open != null) {
        written.add(open.finish());
        open = null;
        tell();
      }
    }
  }
}
