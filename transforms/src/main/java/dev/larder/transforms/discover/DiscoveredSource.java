package dev.larder.transforms.discover;

import dev.larder.io.changes.TableFacts;
import java.util.List;

/**
 * A database as it was found.
 *
 * @param name what a model will call it: letters, digits and {@code _}
 * @param database its name on the server
 * @param tables in the order in which they are to stand in the model
 */
public record DiscoveredSource(String name, String database, List<TableFacts> tables) {
  public DiscoveredSource {
    tables = List.copyOf(tables);
  }
}
