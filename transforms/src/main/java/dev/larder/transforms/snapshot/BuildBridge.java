package dev.larder.transforms.snapshot;

import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableRowsCoder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Builds a bridge: every walk from a hub over links whose every leg holds, at every instant.
 *
 * <p><b>Input</b>: rows of the start hub, of the links, and of the satellites that say when they
 * hold, in one collection, bounded; each says its table. Read only the columns that {@link
 * BridgeSpec} names. Single rows become such groups by {@link GroupTableRows}.
 *
 * <p><b>Output</b>: the bridge's rows in groups; in each they come instant by instant. {@link
 * EachTableRow} makes single rows of them.
 *
 * <p><b>Guarantees</b>: a function of the rows, whatever their order and however often each is
 * there. No walk is put out twice for an instant. What is loaded at the instant counts.
 *
 * <p><b>Cost</b>: instants are not multiplied with rows: a link is carried with the set of instants
 * at which it holds, and walks meet links by intersecting sets. Two shuffles a leg, one for its
 * links and satellites, one to meet them, and one at the end. The links of one hub key are held
 * together, and the walks of one range of start keys.
 *
 * <p><b>Source</b>: RULES 10.
 */
public final class BuildBridge extends PTransform<PCollection<TableRows>, PCollection<TableRows>> {
  private static final long serialVersionUID = 1L;
  private static final int RANGES = 8;
  private static final int MAX_RANGES = 1 << 16;

  private final BridgeSpec spec;
  private final List<Instant> asOfs;
  private final int ranges;

  private BuildBridge(BridgeSpec spec, Collection<Instant> asOfs, int ranges) {
    this.spec = spec;
    this.asOfs = List.copyOf(asOfs);
    this.ranges = ranges;
  }

  /**
   * @param asOfs the instants to build the bridge for, in any order; finer parts than microseconds
   *     are cut off
   */
  public static BuildBridge of(BridgeSpec spec, Collection<Instant> asOfs) {
    return new BuildBridge(spec, asOfs, RANGES);
  }

  /** Divides start keys into so many ranges, 1 to 65,536; without it, 8. */
  public BuildBridge withRanges(int count) {
    if (count < 1 || count > MAX_RANGES) {
      throw new IllegalArgumentException(count + " ranges, allowed are 1 to " + MAX_RANGES);
    }
    return new BuildBridge(spec, asOfs, count);
  }

  @Override
  public PCollection<TableRows> expand(PCollection<TableRows> rows) {
    AsOfs instants = new AsOfs(asOfs, List.of());
    PCollection<byte[]> paths = null;
    for (int i = 0; i < spec.legs().size(); i++) {
      BridgeSpec.Leg leg = spec.legs().get(i);
      LegWalk walk = new LegWalk(spec, leg, instants);
      String name = "Leg " + (i + 1) + ", " + leg.hashKey().name();
      PCollection<KV<byte[], byte[]>> links = links(name, rows, leg, walk);
      PCollection<KV<byte[], byte[]>> starts =
          (i == 0
                  ? rows.apply(
                      "Start keys", ParDo.of(new BridgeFns.StartFn(spec.start(), instants)))
                  : paths.apply(name + ": by key", ParDo.of(new BridgeFns.KeyPathFn(walk.from()))))
              .setCoder(KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of()));
      paths =
          PCollectionList.of(starts)
              .and(links)
              .apply(name + ": walks and links", Flatten.pCollections())
              .apply(name + ": meet", GroupByKey.create())
              .apply(name + ": go on", ParDo.of(new BridgeFns.WalkFn(walk, i == 0)))
              .setCoder(ByteArrayCoder.of());
    }
    return paths
        .apply("Deal walks out", ParDo.of(new BridgeFns.RangeFn(spec.types().hashKey(), ranges)))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply("Group by range of start keys", GroupByKey.create())
        .apply("Lay out by instant", ParDo.of(new BridgeFns.LayOutFn(spec, instants)))
        .setCoder(TableRowsCoder.of());
  }

  private PCollection<KV<byte[], byte[]>> links(
      String name, PCollection<TableRows> rows, BridgeSpec.Leg leg, LegWalk walk) {
    KvCoder<byte[], byte[]> coder = KvCoder.of(ByteArrayCoder.of(), ByteArrayCoder.of());
    return rows.apply(name + ": rows", ParDo.of(new BridgeFns.FactsFn(new LegSources(leg))))
        .setCoder(coder)
        .apply(name + ": by link", GroupByKey.create())
        .apply(name + ": when it holds", ParDo.of(new BridgeFns.LinkFn(walk)))
        .setCoder(coder);
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("table", spec.table()));
    builder.add(DisplayData.item("instants", asOfs.size()));
    builder.add(DisplayData.item("ranges", ranges));
  }
}
