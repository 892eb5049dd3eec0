package dev.larder.transforms.snapshot;

import dev.larder.io.changes.TableRows;
import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Deals keys and versions out to ranges of keys, in blocks. */
final class PitBlocksFn extends DoFn<TableRows, KV<Integer, byte[]>> {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_BYTES = 1 << 20;

  private final PitSpec spec;
  private final PitSources sources;
  private final int ranges;
  private final long last;

  /**
   * @param last later versions do not count, microseconds since the epoch
   */
  PitBlocksFn(PitSpec spec, int ranges, long last) {
    this.spec = spec;
    this.sources = new PitSources(spec);
    this.ranges = ranges;
    this.last = last;
  }

  @ProcessElement
  public void process(@Element TableRows rows, OutputReceiver<KV<Integer, byte[]>> out) {
    Dealer dealer = new Dealer(rows, out);
    rows.forEach(dealer);
    dealer.finish();
  }

  private final class Dealer implements Consumer<Object[]> {
    private final OutputReceiver<KV<Integer, byte[]>> out;
    private final KeyBlock.Builder[] open = new KeyBlock.Builder[ranges];
    private final int source;
    private final int hashKey;
    private final int loadedAt;
    private final int sequence;

    Dealer(TableRows rows, OutputReceiver<KV<Integer, byte[]>> out) {
      this.out = out;
      this.source = sources.source(rows.table());
      this.hashKey = sources.hashKey(source, rows.schema());
      this.loadedAt = sources.loadedAt(source, rows.schema());
      this.sequence = sources.sequence(source, rows.schema());
    }

    @Override
    public void accept(Object[] row) {
      if (row[hashKey] == null || loadedAt >= 0 && row[loadedAt] == null) {
        return;
      }
      long time = loadedAt < 0 ? 0 : Times.micros(row[loadedAt]);
      if (loadedAt >= 0 && time > last) {
        return;
      }
      byte[] key = HashKeys.bytes(row[hashKey]);
      int range = HashKeys.range(spec.types().hashKey(), key, ranges);
      KeyBlock.Builder block = open[range];
      if (block == null) {
        block = new KeyBlock.Builder(source);
        open[range] = block;
      }
      block.add(key, time, sequence < 0 ? null : HashKeys.bytes(row[sequence]));
      if (block.size() >= BLOCK_BYTES) {
        out.output(KV.of(range, block.build()));
        open[range] = null;
      }
    }

    void finish() {
      for (int range = 0; range < ranges; range++) {
        if (open[range] != null) {
          out.output(KV.of(range, open[range].build()));
        }
      }
    }
  }
}
