package dev.larder.pipelines.ledger;

import dev.larder.io.changes.RowDigest;
import java.util.Locale;

/**
 * What was read of a table, by a wave or a whole snapshot. Totals of disjoint parts add up.
 *
 * @param bytes {@link RowDigest#bytes}
 * @param checksum {@link RowDigest#checksum}: equal for equal rows, whoever read them in whatever
 *     order
 * @param millis that reading took on all connections together
 */
public record TableTotals(long rows, long bytes, long checksum, long millis) {
  public static final TableTotals NONE = new TableTotals(0, 0, 0, 0);

  public static TableTotals of(RowDigest digest) {
    return new TableTotals(digest.rows(), digest.bytes(), digest.checksum(), 0);
  }

  public TableTotals plus(TableTotals more) {
    return new TableTotals(
        rows + more.rows, bytes + more.bytes, checksum + more.checksum, millis + more.millis);
  }

  /** What is left of these totals without a part of them. */
  public TableTotals minus(TableTotals part) {
    return new TableTotals(
        rows - part.rows, bytes - part.bytes, checksum - part.checksum, millis - part.millis);
  }

  public TableTotals withMillis(long value) {
    return new TableTotals(rows, bytes, checksum, value);
  }

  /** As reports show it: 16 hexadecimal digits. */
  public String checksumText() {
    return String.format(Locale.ROOT, "%016x", checksum);
  }
}
