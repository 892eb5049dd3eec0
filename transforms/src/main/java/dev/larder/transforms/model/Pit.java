package dev.larder.transforms.model;

import java.io.Serializable;
import java.util.List;

/**
 * A point-in-time table: for each key and each moment of a snapshot, which row of each satellite
 * held.
 *
 * @param parent a hub or link
 * @param satellites of that parent
 * @param snapshot the name of a {@link Snapshot}
 */
public record Pit(String name, String parent, List<String> satellites, String snapshot)
    implements Serializable {
  public Pit {
    satellites = List.copyOf(satellites);
  }
}
