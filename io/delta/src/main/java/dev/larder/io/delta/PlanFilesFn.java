package dev.larder.io.delta;

import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import org.apache.beam.sdk.transforms.DoFn;

/** Lists the files of a table's version. */
final class PlanFilesFn extends DoFn<String, PlannedFile> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final Long version;

  PlanFilesFn(String lake, Long version) {
    this.lake = lake;
    this.version = version;
  }

  @ProcessElement
  public void process(@Element String table, OutputReceiver<PlannedFile> out) {
    TableLog log = DeltaLogs.of(lake, table);
    TableState state =
        version != null
            ? log.at(version)
            : log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
    state.files().forEach(file -> out.output(new PlannedFile(table, state.schema(), file)));
  }
}
