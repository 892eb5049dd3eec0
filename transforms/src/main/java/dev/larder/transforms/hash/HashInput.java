package dev.larder.transforms.hash;

import dev.larder.io.changes.ColumnType;

/**
 * What is hashed, part by part, in the form that a {@link HashProfile} gives it. One object is
 * filled again and again: {@link #clear}, add parts, {@link #key} or {@link #diff}. Not for use by
 * two threads.
 */
public abstract class HashInput {

  HashInput() {}

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
