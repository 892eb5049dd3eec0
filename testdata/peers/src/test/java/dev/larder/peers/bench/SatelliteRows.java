package dev.larder.peers.bench;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/** Rows of the keys 0, step, 2 * step, ... below a limit, made in chunks side by side. */
final class SatelliteRows extends PTransform<PBegin, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  private final long limit;
  private final long step;
  private final int version;
  private final int chunks;

  SatelliteRows(long limit, long step, int version, int chunks) {
    this.limit = limit;
    this.step = step;
    this.version = version;
    this.chunks = chunks;
  }

  @Override
  public PCollection<TableRow> expand(PBegin begin) {
    List<Long> numbers = new ArrayList<>();
    for (long chunk = 0; chunk < chunks; chunk++) {
      numbers.add(chunk);
    }
    return begin
        .apply("Chunks", Create.of(numbers).withCoder(VarLongCoder.of()))
        .apply("Spread", Reshuffle.viaRandomKey())
        .apply("Make", ParDo.of(new MakeFn(limit / step, step, version, chunks)))
        .setCoder(TableRowCoder.of());
  }

  private static final class MakeFn extends DoFn<Long, TableRow> {
    private static final long serialVersionUID = 1L;
    private final long count;
    private final long step;
    private final int version;
    private final int chunks;

    MakeFn(long count, long step, int version, int chunks) {
      this.count = count;
      this.step = step;
      this.version = version;
      this.chunks = chunks;
    }

    @ProcessElement
    public void process(@Element Long chunk, OutputReceiver<TableRow> out) {
      Sequence order = new Sequence(1, version, 0);
      for (long i = chunk * count / chunks; i < (chunk + 1) * count / chunks; i++) {
        Object[] values = Satellite.row(i * step, version);
        out.output(TableRow.put(Satellite.TABLE, Satellite.SCHEMA, values, order));
      }
    }
  }
}
