package dev.larder.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stream's batches, from the ledger: it knows also those of a run that was killed and left no
 * report. Only how far a batch was behind comes from run reports.
 */
final class Batches {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Batches() {}

  /** All batches that are done and that the ledger lists one by one, by number. */
  static List<Batch> of(Ledger ledger, List<PastRun> runs) {
    Map<Long, Long> lags = new HashMap<>();
    for (PastRun run : runs) {
      for (JsonNode batch : run.body().path("batches")) {
        if (batch.path("lag").isNumber()) {
          lags.put(batch.path("batch").asLong(), batch.path("lag").asLong());
        }
      }
    }
    List<Batch> batches = new ArrayList<>();
    for (LedgerEntry entry : ledger.entries(Ledger.STREAM)) {
      if (entry.state() == State.DONE) {
        batches.add(of(entry, lags.get(entry.number())));
      }
    }
    return batches;
  }

  /** What the batches came to that the ledger holds as a sum. */
  record Folded(long batches, long records) {}

  /** The sum of the batches that {@link #of} does not list. */
  static Folded folded(Ledger ledger) {
    LedgerEntry line = ledger.folded(Ledger.STREAM).orElse(null);
    if (line == null) {
      return new Folded(0, 0);
    }
    try {
      JsonNode sum = JSON.readTree(line.body());
      return new Folded(sum.path("batches").asLong(), sum.path("total").path("records").asLong());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("sum of the batches to " + line.number(), e);
    }
  }

  private static Batch of(LedgerEntry entry, Long lag) {
    try {
      JsonNode outcome = JSON.readTree(entry.body());
      return new Batch(
          entry.number(),
          outcome.path("records").asLong(),
          outcome.path("dead_letters").asLong(),
          outcome.path("seconds").asDouble(),
          lag);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("outcome of batch " + entry.number() + " in the ledger", e);
    }
  }

  /** The middle one of the batches' seconds, of two middle ones the greater; 0 without batches. */
  static double medianSeconds(List<Batch> batches) {
    double[] sorted = batches.stream().mapToDouble(Batch::seconds).sorted().toArray();
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }
}
