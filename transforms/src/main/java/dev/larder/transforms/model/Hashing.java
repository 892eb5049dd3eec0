package dev.larder.transforms.model;

import dev.larder.transforms.hash.HashAlgorithm;
import java.io.Serializable;

/**
 * How keys and payloads are hashed, and how hashes are stored. The profiles' bytes are described in
 * {@link dev.larder.transforms.hash}.
 */
public record Hashing(Profile profile, HashAlgorithm algorithm, Store store)
    implements Serializable {

  /** Hash profiles: Larder's own, and those of two packages, bit for bit. */
  public enum Profile {
    STRICT("strict", HashAlgorithm.SHA256, Store.BINARY),
    AUTOMATE_DV("automate-dv", HashAlgorithm.MD5, Store.BINARY),
    DATAVAULT4DBT_V2("datavault4dbt-v2", HashAlgorithm.MD5, Store.HEX);

    private final String id;
    private final HashAlgorithm algorithm;
    private final Store store;

    Profile(String id, HashAlgorithm algorithm, Store store) {
      this.id = id;
      this.algorithm = algorithm;
      this.store = store;
    }

    /** The name in a model file and in table properties. */
    public String id() {
      return id;
    }

    /** The algorithm where the model names none: that of the package. */
    HashAlgorithm algorithm() {
      return algorithm;
    }

    /** The form where the model names none: that of the package. */
    Store store() {
      return store;
    }
  }

  /** The form of hashes in tables. */
  public enum Store {
    /** Bytes: 16, 20 or 32 of them, by the algorithm. */
    BINARY,
    /** Hexadecimal text, twice as long as the bytes. */
    HEX
  }
}
