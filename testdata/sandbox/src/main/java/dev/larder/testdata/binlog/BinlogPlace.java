package dev.larder.testdata.binlog;

import java.util.Comparator;

/**
 * A byte of a server's binary log at which an event begins.
 *
 * @param file {@code binlog.000003}
 */
public record BinlogPlace(String file, long position) implements Comparable<BinlogPlace> {
  private static final Comparator<BinlogPlace> ORDER =
      Comparator.comparingLong(BinlogPlace::ordinal).thenComparingLong(BinlogPlace::position);

  /** The file's number: {@code 3} of {@code binlog.000003}. */
  public long ordinal() {
    return Long.parseLong(file.substring(file.lastIndexOf('.') + 1));
  }

  @Override
  public int compareTo(BinlogPlace other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return file + ":" + position;
  }
}
