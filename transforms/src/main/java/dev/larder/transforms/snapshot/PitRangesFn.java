package dev.larder.transforms.snapshot;

import dev.larder.io.changes.TableRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Hands each range on; its rows are made where they are used. */
final class PitRangesFn extends DoFn<KV<Integer, Iterable<byte[]>>, TableRows> {
  private static final long serialVersionUID = 1L;

  private final PitSpec spec;
  private final AsOfs asOfs;

  PitRangesFn(PitSpec spec, AsOfs asOfs) {
    this.spec = spec;
    this.asOfs = asOfs;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<byte[]>> range, OutputReceiver<TableRows> out) {
    List<byte[]> blocks = new ArrayList<>();
    range.getValue().forEach(blocks::add);
    out.output(new PitRange(spec, asOfs, blocks));
  }
}
