package dev.larder.transforms.vault;

/**
 * The properties in which a table says of its hashes, so that no others get into it, the profile,
 * the algorithm, the form in which they are stored, and what is hashed in which order.
 */
final class HashProperties {
  static final String PROFILE = "larder.hash.profile";
  static final String ALGORITHM = "larder.hash.algorithm";
  static final String STORE = "larder.hash.store";
  static final String COLUMNS = "larder.hash.columns";

  private HashProperties() {}
}
