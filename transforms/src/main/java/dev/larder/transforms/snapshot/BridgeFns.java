package dev.larder.transforms.snapshot;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.TableRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** The steps of {@link BuildBridge}: they decode, call the rules and encode. */
final class BridgeFns {
  private static final byte PATH = 0;
  private static final byte LINK = 1;

  private BridgeFns() {}

  /** Walks that have met the start's key alone. */
  static final class StartFn extends DoFn<TableRows, KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;
    private final BridgeSpec.Start start;
    private final AsOfs asOfs;

    StartFn(BridgeSpec.Start start, AsOfs asOfs) {
      this.start = start;
      this.asOfs = asOfs;
    }

    @ProcessElement
    public void process(@Element TableRows rows, OutputReceiver<KV<byte[], byte[]>> out) {
      if (!rows.table().equals(start.table())) {
        return;
      }
      int position = rows.schema().position(start.hashKey());
      rows.forEach(
          row -> {
            if (row[position] != null) {
              byte[] key = HashKeys.bytes(row[position]);
              Path path = new Path(new byte[][] {key}, OpenTimes.since(Long.MIN_VALUE, asOfs));
              out.output(KV.of(key, path.encode(PATH)));
            }
          });
    }
  }

  /** What rows say of a leg's links. */
  static final class FactsFn extends DoFn<TableRows, KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;
    private final LegSources sources;

    FactsFn(LegSources sources) {
      this.sources = sources;
    }

    @ProcessElement
    public void process(@Element TableRows rows, OutputReceiver<KV<byte[], byte[]>> out) {
      for (LegSources.Reading reading : sources.of(rows.table(), rows.schema())) {
        rows.forEach(
            row -> reading.read(row, (key, fact) -> out.output(KV.of(key, fact.encode()))));
      }
    }
  }

  /** Links that hold at some instant, by the key by which they are met. */
  static final class LinkFn extends DoFn<KV<byte[], Iterable<byte[]>>, KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;
    private final LegWalk walk;

    LinkFn(LegWalk walk) {
      this.walk = walk;
    }

    @ProcessElement
    public void process(
        @Element KV<byte[], Iterable<byte[]>> facts, OutputReceiver<KV<byte[], byte[]>> out) {
      List<LegFact> decoded = new ArrayList<>();
      facts.getValue().forEach(each -> decoded.add(LegFact.decode(each)));
      Path link = walk.link(facts.getKey(), decoded);
      if (link != null) {
        out.output(KV.of(link.keys()[0], link.encode(LINK)));
      }
    }
  }

  /** Walks by the key from which they go on. */
  static final class KeyPathFn extends DoFn<byte[], KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;
    private final int from;

    KeyPathFn(int from) {
      this.from = from;
    }

    @ProcessElement
    public void process(@Element byte[] path, OutputReceiver<KV<byte[], byte[]>> out) {
      out.output(KV.of(Path.decode(path).keys()[from], path));
    }
  }

  /** Walks go on over links. */
  static final class WalkFn extends DoFn<KV<byte[], Iterable<byte[]>>, byte[]> {
    private static final long serialVersionUID = 1L;
    private final LegWalk walk;
    private final boolean isFirst;

    WalkFn(LegWalk walk, boolean isFirst) {
      this.walk = walk;
      this.isFirst = isFirst;
    }

    @ProcessElement
    public void process(@Element KV<byte[], Iterable<byte[]>> met, OutputReceiver<byte[]> out) {
      List<Path> links = new ArrayList<>();
      List<Path> paths = new ArrayList<>();
      // once: some runners allow no more
      for (byte[] each : met.getValue()) {
        (Path.tag(each) == LINK ? links : paths).add(Path.decode(each));
      }
      for (Path each : paths) {
        walk.on(each, links, path -> out.output(path.encode(PATH)));
        if (isFirst) {
          return; // a start key that is there twice is one
        }
      }
    }
  }

  /** Walks by the range of their start key. */
  static final class RangeFn extends DoFn<byte[], KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;
    private final ColumnType type;
    private final int ranges;

    RangeFn(ColumnType type, int ranges) {
      this.type = type;
      this.ranges = ranges;
    }

    @ProcessElement
    public void process(@Element byte[] path, OutputReceiver<KV<Integer, byte[]>> out) {
      out.output(KV.of(HashKeys.range(type, Path.decode(path).keys()[0], ranges), path));
    }
  }

  /** Hands the walks of a range on; rows are made where they are used. */
  static final class LayOutFn extends DoFn<KV<Integer, Iterable<byte[]>>, TableRows> {
    private static final long serialVersionUID = 1L;
    private final BridgeSpec spec;
    private final AsOfs asOfs;

    LayOutFn(BridgeSpec spec, AsOfs asOfs) {
      this.spec = spec;
      this.asOfs = asOfs;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<byte[]>> paths, OutputReceiver<TableRows> out) {
      List<byte[]> held = new ArrayList<>();
      paths.getValue().forEach(held::add);
      out.output(new BridgePaths(spec, asOfs, held));
    }
  }
}
