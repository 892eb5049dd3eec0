package dev.larder.io.delta;

import dev.larder.io.changes.Values;
import dev.larder.io.delta.change.ChangeType;
import dev.larder.io.delta.file.ScanCounts;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Divides the rows of a version's files so that counterparts, and images of one key, meet. */
final class BlockChangesFn extends DoFn<ChangeSplit, KV<ChangePart, ChangeBlock>> {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_BYTES = 1 << 20;
  private static final long HELD_BYTES = 64L << 20;

  private final String lake;
  private final ReadMetrics metrics = new ReadMetrics();

  BlockChangesFn(String lake) {
    this.lake = lake;
  }

  @ProcessElement
  public void process(@Element ChangeSplit split, OutputReceiver<KV<ChangePart, ChangeBlock>> out) {
    Blocks blocks = new Blocks(split, out);
    ScanCounts counts = new ScanCounts();
    ChangedFiles.read(lake, split, counts, blocks::add);
    blocks.flush();
    metrics.add(counts, 0);
  }

  private static final class Blocks {
    private final ChangeSplit split;
    private final OutputReceiver<KV<ChangePart, ChangeBlock>> out;
    private final int[] identity;
    private final ChangeBlock.Builder[] open;
    private final int[] sizes;
    private long held;

    Blocks(ChangeSplit split, OutputReceiver<KV<ChangePart, ChangeBlock>> out) {
      this.split = split;
      this.out = out;
      this.identity = split.key().stream().mapToInt(split.schema()::position).toArray();
      this.open = new ChangeBlock.Builder[split.parts()];
      this.sizes = new int[split.parts()];
    }

    void add(Object[] row) {
      int part = part(row);
      if (open[part] == null) {
        open[part] = new ChangeBlock.Builder(split.schema(), split.type() == ChangeType.INSERT);
      }
      int size = open[part].add(row);
      held += size - sizes[part];
      sizes[part] = size;
      if (size >= BLOCK_BYTES) {
        output(part);
      } else if (held >= HELD_BYTES) {
        flush();
      }
    }

    /** By key, or by all values: the same on every worker. */
    private int part(Object[] row) {
      Object[] values = row;
      if (identity.length > 0) {
        values = new Object[identity.length];
        for (int i = 0; i < values.length; i++) {
          values[i] = row[identity[i]];
        }
      }
      int hash = Values.hashRow(values);
      return Math.floorMod(hash ^ hash >>> 16, open.length);
    }

    void flush() {
      for (int part = 0; part < open.length; part++) {
        output(part);
      }
    }

    private void output(int part) {
      if (open[part] != null) {
        out.output(KV.of(split.part(part), open[part].build()));
        held -= sizes[part];
        sizes[part] = 0;
        open[part] = null;
      }
    }
  }
}
