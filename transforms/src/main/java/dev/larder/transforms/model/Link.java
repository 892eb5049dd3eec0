package dev.larder.transforms.model;

import java.io.Serializable;
import java.util.List;

/**
 * A relation between hubs.
 *
 * @param roles in the order in which their keys are hashed
 * @param child dependent child keys: hashed after the hubs' keys and stored as they are
 * @param driving names of the roles of which one key has one relation at a time; may be empty
 */
public record Link(
    String name,
    List<Role> roles,
    List<String> child,
    Kind kind,
    List<String> driving,
    Corrections corrections)
    implements Serializable {

  /**
   * The part that a hub plays in a link.
   *
   * @param name its column is {@code <name>_hk}; the hub's own name where the model names no role
   */
  public record Role(String name, String hub) implements Serializable {}

  /** What kind of fact a row of the link is. */
  public enum Kind {
    /** A relation that holds while the source says so. */
    RELATION,
    /** An event with a payload of its own; it happened and does not change. */
    TRANSACTION,
    /** A relation between two keys of one hub, of which one is above the other. */
    HIERARCHY,
    /** Two keys of one hub that mean the same. */
    SAME_AS
  }

  /** What becomes of an event that the source changes or deletes afterwards. */
  public enum Corrections {
    /** Nothing: the first form stays. */
    IGNORE,
    /** A row with counter -1 takes the old form back; the new form is added with counter 1. */
    COUNTER
  }

  public Link {
    roles = List.copyOf(roles);
    child = List.copyOf(child);
    driving = List.copyOf(driving);
  }

  /** The roles' hubs in order; a hub may stand more than once. */
  public List<String> hubs() {
    return roles.stream().map(Role::hub).toList();
  }
}
