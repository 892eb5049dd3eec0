package dev.larder.pipelines.report;

import java.util.List;

/**
 * All that the page shows, as one value; its JSON is the page's input.
 *
 * @param notes what the reader should know about: unfinished work, things left out
 * @param runs the newest first
 * @param batches by number, the newest of them
 * @param verified null if there was no verify
 */
record ReportData(
    String title,
    String subtitle,
    List<Tile> tiles,
    List<String> notes,
    List<ForecastSheet> forecasts,
    List<Batch> batches,
    long batchesLeftOut,
    VerifyOutcome verified,
    List<LetterCount> letters,
    List<Run> runs,
    long runsLeftOut,
    List<LakeTable> tables) {

  /** A {@link PastRun} without its body. */
  record Run(String verb, String startedAt, double seconds, int exitCode, String message) {}
}
