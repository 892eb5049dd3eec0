package dev.larder.transforms.model;

import java.io.Serializable;
import java.util.List;

/**
 * A relation between hubs.
 *
 * @param hubs in the order in which their keys are hashed
 * @param child dependent child keys: hashed after the hubs' keys and stored as they are
 */
public record Link(String name, List<String> hubs, List<String> child, Kind kind)
    implements Serializable {

  /** What kind of fact a row of the link is. */
  public enum Kind {
    /** A relation that holds while the source says so. */
    RELATION,
    /** An event with a payload of its own; it happened and does not change. */
    TRANSACTION
  }

  public Link {
    hubs = List.copyOf(hubs);
    child = List.copyOf(child);
  }
}
