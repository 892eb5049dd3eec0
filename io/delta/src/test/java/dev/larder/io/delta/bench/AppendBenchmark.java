package dev.larder.io.delta.bench;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;

/**
 * Appends satellite rows and says what it took: {@code AppendBenchmark LAKE ROWS ROWS_A_BUNDLE
 * [OPTIONS]}, by DirectRunner unless options like {@code --runner=SparkRunner
 * --sparkMaster=local[2]} say otherwise (the runner has to be on the class path). Prints {@code
 * rowsPerSecond}, wall and CPU seconds, the peak resident size of the JVM, and the number of files.
 * Run it in a fresh JVM.
 */
public final class AppendBenchmark {
  private static final String TABLE = "bench/sat";

  private static final String[] DIRECT = {
    "--enforceImmutability=false", "--enforceEncodability=false", "--targetParallelism=2"
  };

  private AppendBenchmark() {}

  /** Makes the rows of a bundle. */
  static final class RowsFn extends DoFn<Long, TableRow> {
    private static final long serialVersionUID = 1L;
    private final int rows;

    RowsFn(int rows) {
      this.rows = rows;
    }

    @ProcessElement
    public void process(@Element Long bundle, OutputReceiver<TableRow> out) {
      for (long key = bundle * rows; key < (bundle + 1) * rows; key++) {
        out.output(
            TableRow.put(
                TABLE, SatelliteRows.SCHEMA, SatelliteRows.row(key, 0), Sequence.BEGINNING));
      }
    }
  }

  public static void main(String[] args) throws Exception {
    String lake = args[0];
    long rows = Long.parseLong(args[1]);
    int rowsABundle = Integer.parseInt(args[2]);
    List<Long> bundles = new ArrayList<>();
    for (long i = 0; i < rows / rowsABundle; i++) {
      bundles.add(i);
    }
    Gauge gauge = new Gauge();
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    args.length > 3 ? Arrays.copyOfRange(args, 3, args.length) : DIRECT)
                .create());
    pipeline
        .apply("Bundles", Create.of(bundles).withCoder(VarLongCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Rows", ParDo.of(new RowsFn(rowsABundle)))
        .setCoder(TableRowCoder.of())
        .apply("Append", DeltaIO.writeRows().to(lake).withTransaction("bench", 0));
    pipeline.run().waitUntilFinish();
    DeltaTable table = DeltaTable.of(lake, TABLE);
    gauge.print(
        "append rows="
            + rows
            + " rowsABundle="
            + rowsABundle
            + " files="
            + table.latest().files().size()
            + " bytes="
            + table.latest().size()
            + " rowsPerSecond="
            + Math.round(rows / gauge.wallSeconds()));
  }
}
