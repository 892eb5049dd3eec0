package dev.larder.io.delta;

import dev.larder.io.delta.service.VacuumReport;
import dev.larder.io.delta.service.VacuumSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * {@link DeltaIO#vacuum}: deletes files that no version within the retention needs, and what
 * writers left behind that ended before their commit. Guarantees, cost and rules are those of
 * {@link dev.larder.io.delta.service.VacuumTable}; tables are vacuumed side by side.
 *
 * <p><b>Output</b>: a {@link VacuumReport} for each table.
 *
 * <p><b>Errors</b>: {@link dev.larder.io.changes.UserException} for a table that is not there, that
 * must not be written, or whose own retention is longer; {@link
 * dev.larder.io.changes.SinkException} if files could not be deleted.
 */
public final class VacuumTables extends PTransform<PBegin, PCollection<VacuumReport>> {
  private static final long serialVersionUID = 1L;

  private final String lake;
  private final List<String> tables;
  private final VacuumSettings settings;

  VacuumTables() {
    this(null, List.of(), VacuumSettings.DEFAULT);
  }

  private VacuumTables(String lake, List<String> tables, VacuumSettings settings) {
    this.lake = lake;
    this.tables = tables;
    this.settings = settings;
  }

  /**
   * @param lake path or URI
   * @param table the table's path below the lake
   */
  public VacuumTables table(String lake, String table) {
    return tables(lake, List.of(table));
  }

  /** Several tables of a lake, side by side. */
  public VacuumTables tables(String lake, Collection<String> tables) {
    return new VacuumTables(Objects.requireNonNull(lake, "lake"), List.copyOf(tables), settings);
  }

  /** For how long files stay after no version needs them; the table's own if it is not said. */
  public VacuumTables withRetention(Duration retention) {
    return new VacuumTables(lake, tables, settings.withRetention(retention));
  }

  /** What becomes of a retention shorter than the table's own; it is refused if nothing is said. */
  public VacuumTables withShortRetention(VacuumSettings.ShortRetention whatThen) {
    return new VacuumTables(lake, tables, settings.withShortRetention(whatThen));
  }

  /** Whether anything is deleted; it is if nothing is said. */
  public VacuumTables withMode(VacuumSettings.Mode mode) {
    return new VacuumTables(lake, tables, settings.withMode(mode));
  }

  @Override
  public PCollection<VacuumReport> expand(PBegin begin) {
    if (lake == null) {
      throw new IllegalStateException("vacuum() needs table(lake, table)");
    }
    return begin
        .apply("Tables", Create.of(tables).withCoder(StringUtf8Coder.of()))
        .apply("Spread tables", Reshuffle.viaRandomKey())
        .apply("Vacuum", ParDo.of(new VacuumTableFn(lake, settings)))
        .setCoder(SerializableCoder.of(VacuumReport.class));
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("tables", String.join(", ", tables)));
  }
}
