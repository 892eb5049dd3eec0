package dev.larder.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the last {@code verify} of a lake found.
 *
 * @param startedAt ISO-8601, UTC
 * @param finished whether it compared all it was to compare; else it failed on the way
 * @param overtaken whether a run began after it that writes what it compares
 */
record VerifyOutcome(
    String startedAt,
    boolean finished,
    boolean overtaken,
    long compared,
    long differences,
    List<Comparison> comparisons) {
  private static final String VERIFY = "verify";
  private static final String DIFFERENCES = "differences";
  private static final List<String> LOADS = List.of("snapshot", "stream", "backfill");

  /**
   * A table of the vault held against a source table.
   *
   * @param rows of the source
   */
  record Comparison(String table, String source, long rows, long differences) {}

  boolean clean() {
    return finished && differences == 0;
  }

  /** Empty if there was none. */
  static Optional<VerifyOutcome> last(List<PastRun> runs) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      if (runs.get(i).verb().equals(VERIFY)) {
        List<PastRun> later = runs.subList(i + 1, runs.size());
        return Optional.of(
            of(runs.get(i), later.stream().anyMatch(run -> LOADS.contains(run.verb()))));
      }
    }
    return Optional.empty();
  }

  private static VerifyOutcome of(PastRun run, boolean overtaken) {
    JsonNode body = run.body();
    List<Comparison> comparisons = new ArrayList<>();
    for (JsonNode one : body.path("comparisons")) {
      comparisons.add(
          new Comparison(
              one.path("table").asText(),
              one.path("source").asText(),
              one.path("rows").asLong(),
              one.path(DIFFERENCES).asLong()));
    }
    comparisons.sort(Comparator.comparing(Comparison::differences).reversed());
    return new VerifyOutcome(
        run.startedAt(),
        body.path(DIFFERENCES).isNumber(),
        overtaken,
        comparisons.stream().mapToLong(Comparison::rows).sum(),
        comparisons.stream().mapToLong(Comparison::differences).sum(),
        comparisons);
  }
}
