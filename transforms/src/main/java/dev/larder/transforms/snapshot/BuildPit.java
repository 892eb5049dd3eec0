package dev.larder.transforms.snapshot;

import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableRowsCoder;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/**
 * Builds a PIT table: for every key of a hub or link and every instant, which version of each
 * satellite holds.
 *
 * <pre>{@code
 * inputs.apply("Build PIT", BuildPit.of(spec, asOfs).withRanges(8))
 * }</pre>
 *
 * <p><b>Input</b>: rows of the parent and of all satellites in one collection, bounded; each says
 * its table. Columns that {@link PitSpec} does not name are ignored, so read only those. Single
 * rows become such groups by {@link GroupTableRows}.
 *
 * <p><b>Output</b>: the PIT's rows, a group for each range of keys, in which rows come instant by
 * instant and in each in order of keys; {@link EachTableRow} makes single rows of them.
 *
 * <p><b>Guarantees</b>: a function of the rows, whatever their order and however often each is
 * there. A version holds from its load time on (a load time equal to the instant counts); of
 * several with one load time the one with the last sequence; before the first, {@link
 * PitSpec#absent} stands. Every key of the parent has a row at every instant. Versions of keys that
 * the parent lacks (ghost records among them) do not matter, nor do rows without a hash key or a
 * load time.
 *
 * <p><b>Cost</b>: one shuffle of keys and load times in blocks, 42 bytes a version of a SHA-256 key
 * (70 with a sequence); each range is sorted and walked once. A worker holds one range: see {@link
 * #rangesFor}.
 *
 * <p><b>Source</b>: RULES 9: two sorted streams a key, never {@code join <= ... GROUP BY max}.
 */
public final class BuildPit extends PTransform<PCollection<TableRows>, PCollection<TableRows>> {
  private static final long serialVersionUID = 1L;
  private static final int RANGES = 8;
  private static final int MAX_RANGES = 1 << 16;
  private static final long VERSIONS_IN_RANGE = 800_000;

  private final PitSpec spec;
  private final List<Instant> asOfs;
  private final List<Instant> forNewKeys;
  private final int ranges;

  private BuildPit(
      PitSpec spec, Collection<Instant> asOfs, Collection<Instant> forNewKeys, int ranges) {
    this.spec = spec;
    this.asOfs = List.copyOf(asOfs);
    this.forNewKeys = List.copyOf(forNewKeys);
    this.ranges = ranges;
  }

  /**
   * @param asOfs the instants to build the PIT for, in any order; finer parts than microseconds are
   *     cut off
   */
  public static BuildPit of(PitSpec spec, Collection<Instant> asOfs) {
    return new BuildPit(spec, asOfs, List.of(), RANGES);
  }

  /**
   * Also builds rows for instants that the PIT has already, but only of keys that it lacks there.
   * The keys that it has are then part of the input, as rows of {@link PitSpec#table}, of any one
   * of these instants: they all have the same.
   */
  public BuildPit withNewKeysAt(Collection<Instant> instants) {
    return new BuildPit(spec, asOfs, instants, ranges);
  }

  /**
   * Into how many ranges to divide keys of which there are so many versions, all satellites
   * together: some 800,000 in each, and a multiple of 4, so that no worker is the last one.
   */
  public static int rangesFor(long versions) {
    return (int) Math.min(MAX_RANGES, 4 + versions / VERSIONS_IN_RANGE / 4 * 4);
  }

  /** Divides keys into so many ranges, 1 to 65,536; without it, 8. */
  public BuildPit withRanges(int count) {
    if (count < 1 || count > MAX_RANGES) {
      throw new IllegalArgumentException(count + " ranges, allowed are 1 to " + MAX_RANGES);
    }
    return new BuildPit(spec, asOfs, forNewKeys, count);
  }

  @Override
  public PCollection<TableRows> expand(PCollection<TableRows> rows) {
    AsOfs instants = new AsOfs(asOfs, forNewKeys);
    return rows.apply(
            "Deal keys and versions out", ParDo.of(new PitBlocksFn(spec, ranges, instants.last())))
        .setCoder(KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of()))
        .apply("Group by range of keys", GroupByKey.create())
        .apply("Walk over versions", ParDo.of(new PitRangesFn(spec, instants)))
        .setCoder(TableRowsCoder.of());
  }

  @Override
  public void populateDisplayData(DisplayData.Builder builder) {
    builder.add(DisplayData.item("table", spec.table()));
    builder.add(DisplayData.item("instants", asOfs.size() + forNewKeys.size()));
    builder.add(DisplayData.item("ranges", ranges));
  }
}
