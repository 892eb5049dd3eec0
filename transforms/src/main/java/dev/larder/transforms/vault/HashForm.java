package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashInput;
import dev.larder.transforms.hash.HashKey;
import dev.larder.transforms.hash.HashProfile;
import dev.larder.transforms.model.Hashing;

/** How a model makes hashes, and the form in which tables hold them. */
record HashForm(HashProfile profile, HashAlgorithm algorithm, Hashing.Store store) {

  static HashForm of(Hashing hashing) {
    return new HashForm(hashing.profile(), hashing.algorithm(), hashing.store());
  }

  HashInput input() {
    return profile.input();
  }

  ColumnType type() {
    return store == Hashing.Store.HEX ? ColumnType.STRING : ColumnType.BINARY;
  }

  Column column(String name) {
    return Column.required(name, type());
  }

  /** The canonical value of a hash column; null stays null. */
  Object stored(byte[] hash) {
    return hash == null || store == Hashing.Store.BINARY ? hash : profile.hex(hash);
  }

  /** The key of what is unknown, and the hash diff of rows without payload. */
  Object zero() {
    return stored(HashKey.unknown(algorithm));
  }

  /** The key of what is erroneous. */
  Object error() {
    return stored(HashKey.error(algorithm));
  }
}
