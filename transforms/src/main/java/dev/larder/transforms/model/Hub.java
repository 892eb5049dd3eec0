package dev.larder.transforms.model;

import dev.larder.transforms.hash.Normalisation;
import java.io.Serializable;
import java.util.List;

/**
 * A thing of the business with a key of its own.
 *
 * @param key names of the business key's parts in the order in which they are hashed
 * @param normal what is done to each part before it is hashed and stored
 */
public record Hub(String name, List<String> key, Normalisation normal) implements Serializable {
  public Hub {
    key = List.copyOf(key);
  }
}
