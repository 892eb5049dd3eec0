package dev.larder.transforms.model;

import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashProfile;
import java.io.Serializable;

/**
 * How keys and payloads are hashed, and how hashes are stored. The profiles' bytes are described in
 * {@link dev.larder.transforms.hash}.
 */
public record Hashing(HashProfile profile, HashAlgorithm algorithm, Store store)
    implements Serializable {

  /** What a profile comes with where the model says no more: as its package has it. */
  static Hashing of(HashProfile profile) {
    return new Hashing(
        profile,
        profile == HashProfile.STRICT ? HashAlgorithm.SHA256 : HashAlgorithm.MD5,
        profile == HashProfile.DATAVAULT4DBT_V2 ? Store.HEX : Store.BINARY);
  }

  /** The form of hashes in tables. */
  public enum Store {
    /** Bytes: 16, 20 or 32 of them, by the algorithm. */
    BINARY,
    /** Hexadecimal text, twice as long as the bytes. */
    HEX
  }
}
