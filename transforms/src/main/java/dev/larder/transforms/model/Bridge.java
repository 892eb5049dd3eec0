package dev.larder.transforms.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A bridge: for each moment of a snapshot, the chains of keys that links make from one hub to
 * another.
 *
 * @param start the hub at which the walk begins
 * @param legs the links in the order in which they are walked; each begins where the one before
 *     ends
 * @param with links that hang on a hub of the walk: their keys are shown beside it
 * @param snapshot the name of a {@link Snapshot}
 */
public record Bridge(String name, String start, List<Leg> legs, List<String> with, String snapshot)
    implements Serializable {

  /**
   * One step of a walk.
   *
   * @param from the link's role at which the step begins
   * @param to the link's role at which it ends
   * @param hub that of the role {@code to}
   */
  public record Leg(String link, String from, String to, String hub) implements Serializable {}

  public Bridge {
    legs = List.copyOf(legs);
    with = List.copyOf(with);
  }

  /** Hub, link, hub, link, hub, as the model writes it without the roles. */
  public List<String> walk() {
    List<String> walk = new ArrayList<>(List.of(start));
    legs.forEach(leg -> walk.addAll(List.of(leg.link(), leg.hub())));
    return List.copyOf(walk);
  }
}
