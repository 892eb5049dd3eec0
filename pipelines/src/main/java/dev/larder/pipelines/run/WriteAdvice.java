package dev.larder.pipelines.run;

import java.util.Locale;
import java.util.Optional;

/**
 * Notices that a stream writes much more than it reads, and says once why and what helps. Where
 * versions have stored ends, a file is written anew for each version in it that ends: a batch costs
 * as much as the files that it meets, however small it is.
 */
final class WriteAdvice {
  /** So many batches in turn have to be so. */
  static final int BATCHES = 20;

  /** Bytes of files for a byte of records. */
  static final int FACTOR = 20;

  static final long LEAST_WRITTEN = 1L << 30;
  private static final double MIB = 1 << 20;

  private BatchOutcome sum = BatchOutcome.NOTHING;
  private int batches;
  private boolean isSaid;

  /** What is to be said after a batch, if anything. */
  Optional<String> after(BatchOutcome batch) {
    if (isSaid || batch.written() < FACTOR * batch.bytes()) {
      sum = BatchOutcome.NOTHING;
      batches = 0;
      return Optional.empty();
    }
    sum = sum.plus(batch);
    batches++;
    if (batches < BATCHES || sum.written() < LEAST_WRITTEN) {
      return Optional.empty();
    }
    isSaid = true;
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The last %d batches wrote %,.0f MiB of files for %,.0f MiB of records: where ends of"
                + " versions are stored (load: scd2, a history), every file in which a version"
                + " ends is written anew, however few end. Fewer batches write less"
                + " (--trigger=INTERVAL with a longer --interval); load: insert_only writes new"
                + " rows alone, and its view <satellite>_history has the ends. Old files stay"
                + " until larder vacuum.",
            batches,
            sum.written() / MIB,
            sum.bytes() / MIB));
  }
}
