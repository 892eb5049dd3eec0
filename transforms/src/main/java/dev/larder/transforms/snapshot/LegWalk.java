package dev.larder.transforms.snapshot;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** One leg of a bridge: when its links hold, and how walks go on over them. Pure. */
final class LegWalk implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BridgeSpec spec;
  private final BridgeSpec.Leg leg;
  private final AsOfs asOfs;

  LegWalk(BridgeSpec spec, BridgeSpec.Leg leg, AsOfs asOfs) {
    this.spec = spec;
    this.leg = leg;
    this.asOfs = asOfs;
  }

  /**
   * A link with the instants at which it holds; null if it never does.
   *
   * @param facts all of one link
   */
  Path link(byte[] hashKey, Iterable<LegFact> facts) {
    LegFact.Link link = null;
    List<LegFact.State> states = new ArrayList<>();
    for (LegFact fact : facts) {
      if (fact instanceof LegFact.State state) {
        states.add(state);
      } else if (fact instanceof LegFact.Link seen
          && (link == null || seen.loadedAt() < link.loadedAt())) {
        link = seen;
      }
    }
    if (link == null) {
      return null;
    }
    BitSet at =
        leg.presence() instanceof BridgeSpec.Known
            ? OpenTimes.since(link.loadedAt(), asOfs)
            : OpenTimes.of(states, asOfs);
    if (at.isEmpty()) {
      return null;
    }
    byte[][] keys = new byte[link.to().length + 2][];
    keys[0] = link.from();
    keys[1] = hashKey;
    System.arraycopy(link.to(), 0, keys, 2, link.to().length);
    return new Path(keys, at);
  }

  /** The place, among a walk's keys, of the key by which the leg's links are met. */
  int from() {
    return spec.names().indexOf(leg.from().name());
  }

  /**
   * Goes on over every link that holds.
   *
   * @param path a walk so far
   * @param links those that are met by the walk's key
   */
  void on(Path path, List<Path> links, Consumer<Path> out) {
    BitSet missed = (BitSet) path.at().clone();
    for (Path link : links) {
      byte[][] keys = Arrays.copyOfRange(link.keys(), 1, link.keys().length);
      Path further = path.and(keys, link.at());
      if (!further.at().isEmpty()) {
        out.accept(further);
      }
      missed.andNot(link.at());
    }
    if (leg.kind() == BridgeSpec.Kind.OPTIONAL && !missed.isEmpty()) {
      byte[][] keys = new byte[leg.to().size() + 1][];
      Arrays.fill(keys, zeroKey());
      out.accept(path.and(keys, missed));
    }
  }

  private byte[] zeroKey() {
    return HashKeys.bytes(HashKeys.ofHex(spec.types().hashKey(), spec.zeroKey()));
  }
}
