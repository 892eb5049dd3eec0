package dev.larder.io.changes;

import java.io.Serializable;

/**
 * The place of a change in the total order of its source: the binlog file's ordinal ({@code 3} of
 * {@code binlog.000003}), the position of the event in it, and the row in the event. A snapshot row
 * carries the position P0 that was recorded before the snapshot began; every later event lies
 * behind it.
 *
 * @param row twice the row's number in the event, and one more for a create: a changed primary key
 *     is one row of one event, but a delete and then a create
 */
public record Sequence(long file, long position, int row)
    implements Comparable<Sequence>, Serializable {

  /** Before every change of every source. */
  public static final Sequence BEGINNING = new Sequence(0, 0, 0);

  private static final int FILE_DIGITS = 8;
  private static final int POSITION_DIGITS = 12;
  private static final int ROW_DIGITS = 6;
  private static final int LENGTH = FILE_DIGITS + POSITION_DIGITS + ROW_DIGITS + 2;

  public Sequence {
    if (file < 0 || position < 0 || row < 0) {
      throw new IllegalArgumentException("negative: " + file + ", " + position + ", " + row);
    }
  }

  /**
   * The place of a row event.
   *
   * @param file the binlog file's name; what follows its last dot is the ordinal
   * @throws IllegalArgumentException if the name does not end in an ordinal
   */
  public static Sequence of(String file, long position, int row) {
    return new Sequence(ordinal(file), position, row);
  }

  private static long ordinal(String file) {
    try {
      return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "binlog file \"" + file + "\" does not end in an ordinal like binlog.000003", e);
    }
  }

  /**
   * Text of fixed width that sorts as the sequence does, as columns {@code _seq} hold it: {@code
   * 00000003:000000059473:000000}.
   */
  public String text() {
    byte[] out = new byte[LENGTH];
    digits(out, 0, FILE_DIGITS, file);
    out[FILE_DIGITS] = ':';
    digits(out, FILE_DIGITS + 1, POSITION_DIGITS, position);
    out[FILE_DIGITS + POSITION_DIGITS + 1] = ':';
    digits(out, LENGTH - ROW_DIGITS, ROW_DIGITS, row);
    return new String(out, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static void digits(byte[] out, int from, int count, long value) {
    long rest = value;
    for (int i = from + count - 1; i >= from; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    if (rest != 0) {
      throw new IllegalArgumentException(value + " has more than " + count + " digits");
    }
  }

  /** The inverse of {@link #text}. */
  public static Sequence parse(String text) {
    if (text.length() != LENGTH) {
      throw new IllegalArgumentException("\"" + text + "\" is no sequence");
    }
    int row = LENGTH - ROW_DIGITS;
    return new Sequence(
        Long.parseLong(text, 0, FILE_DIGITS, 10),
        Long.parseLong(text, FILE_DIGITS + 1, row - 1, 10),
        Integer.parseInt(text, row, LENGTH, 10));
  }

  @Override
  public int compareTo(Sequence other) {
    if (file != other.file) {
      return Long.compare(file, other.file);
    }
    return position != other.position
        ? Long.compare(position, other.position)
        : Integer.compare(row, other.row);
  }

  @Override
  public String toString() {
    return text();
  }
}
