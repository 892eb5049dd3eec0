package dev.larder.transforms.model;

import dev.larder.transforms.hash.HashAlgorithm;
import java.io.Serializable;

/**
 * How keys and payloads are hashed. The profile's bytes are described in {@link
 * dev.larder.transforms.hash}.
 */
public record Hashing(Profile profile, HashAlgorithm algorithm) implements Serializable {

  /** Hash profiles; those of other packages come with the complete vault. */
  public enum Profile {
    STRICT("strict");

    private final String id;

    Profile(String id) {
      this.id = id;
    }

    /** The name in a model file and in table properties. */
    public String id() {
      return id;
    }
  }
}
