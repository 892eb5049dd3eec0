package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.TableRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** Writes groups of rows into files; one is open at a time. Not for two threads. */
final class GroupFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LoadPlan plan;
  private final Counter rowsIn = Metrics.counter(DeltaIO.class, MetricNames.ROWS_IN);

  /** What is known of tables; constant while this lives. */
  private transient Map<String, TableRoute.Appended> routes;

  GroupFiles(LoadPlan plan) {
    this.plan = plan;
  }

  /** Writes the rows; no files if there are none, or the batch was committed already. */
  BundlePart.Written write(TableRows group) {
    if (routes == null) {
      routes = new HashMap<>();
    }
    TableRoute.Appended route =
        routes.computeIfAbsent(group.table(), table -> new TableRoute.Appended(plan, table));
    if (route.isCommitted()) {
      return new BundlePart.Written(0, group.schema(), List.of());
    }
    Files files = new Files(route, group.schema(), rowsIn);
    group.forEach(files);
    files.close();
    return AppendedFiles.all(files.written, route);
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
