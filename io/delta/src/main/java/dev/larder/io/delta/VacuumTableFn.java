package dev.larder.io.delta;

import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.service.VacuumReport;
import dev.larder.io.delta.service.VacuumSettings;
import dev.larder.io.delta.service.VacuumTable;
import java.time.Instant;
import org.apache.beam.sdk.transforms.DoFn;

/** Deletes what a table needs no more. */
final class VacuumTableFn extends DoFn<String, VacuumReport> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final VacuumSettings settings;

  VacuumTableFn(String lake, VacuumSettings settings) {
    this.lake = lake;
    this.settings = settings;
  }

  @ProcessElement
  public void process(@Element String table, OutputReceiver<VacuumReport> out) {
    out.output(new VacuumTable(table, DeltaLogs.of(lake, table), settings).run(Instant.now()));
  }
}
