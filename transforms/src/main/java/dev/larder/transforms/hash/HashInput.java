package dev.larder.transforms.hash;

import dev.larder.io.changes.ColumnType;
import java.security.DigestException;
import java.security.MessageDigest;

/**
 * What is hashed, part by part, in the form that a {@link HashProfile} gives it. One object is
 * filled again and again: {@link #clear}, add parts, {@link #key} or {@link #diff}. Not for use by
 * two threads.
 */
public abstract class HashInput {
  private HashAlgorithm used;
  private MessageDigest digest;

  HashInput() {}

  /** The hash of the first {@code count} bytes; the digest object is kept for the next one. */
  final byte[] hash(HashAlgorithm algorithm, byte[] bytes, int count) {
    if (algorithm != used) {
      digest = algorithm.newDigest();
      used = algorithm;
    }
    digest.update(bytes, 0, count);
    byte[] out = new byte[algorithm.length()];
    try {
      digest.digest(out, 0, out.length);
    } catch (DigestException e) {
      throw new IllegalStateException(algorithm + " has other than " + out.length + " bytes", e);
    }
    return out;
  }

  /** An input of profile {@code strict}. */
  public static HashInput strict() {
    return new StrictInput();
  }

  public abstract HashInput clear();

  /** Adds a text, or an absent part. */
  public abstract HashInput add(String text);

  /**
   * Adds a canonical value by the text that the profile gives it, or an absent part.
   *
   * @throws IllegalArgumentException for structs, arrays and maps, which have no text
   */
  public abstract HashInput add(ColumnType type, Object value);

  /** Adds parts as another input of the same profile holds them. */
  public abstract HashInput addEncoded(byte[] parts);

  /** The parts so far, for {@link #addEncoded} or as a key of their own. */
  public abstract byte[] encoded();

  /** Whether no part is there, in the eyes of the profile. */
  public abstract boolean isAbsent();

  /**
   * The parts as a hash key.
   *
   * @return null where no part is there and the profile then knows no key ({@code automate-dv})
   */
  public abstract byte[] key(HashAlgorithm algorithm);

  /** The parts as a hash diff; never null. */
  public abstract byte[] diff(HashAlgorithm algorithm);
}
