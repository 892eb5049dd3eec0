package dev.larder.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.pipelines.command.LakeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A run report that lies in {@code ops/runs}.
 *
 * @param startedAt ISO-8601, UTC; empty if the report does not say
 * @param exitCode of the command; -1 if the report does not say
 * @param message what the user was told if the run failed, else empty
 * @param body the whole report
 */
record PastRun(
    String verb, String startedAt, double seconds, int exitCode, String message, JsonNode body) {
  private static final String FOLDER = "ops/runs";
  private static final int UNKNOWN = -1;
  private static final ObjectMapper JSON = new ObjectMapper();

  boolean done() {
    return exitCode == 0;
  }

  /**
   * All runs of a lake, the oldest first.
   *
   * @param notes takes a sentence for each file that is no run report: a process may have been
   *     killed while it wrote one
   */
  static List<PastRun> all(String lake, List<String> notes) {
    List<PastRun> runs = new ArrayList<>();
    try {
      for (String text : LakeFiles.texts(lake, FOLDER)) {
        try {
          runs.add(of(JSON.readTree(text)));
        } catch (JsonProcessingException e) {
          notes.add(ReportErrors.runLeftOut(e.getOriginalMessage()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + FOLDER + " of " + lake, e);
    }
    runs.sort(Comparator.comparing(PastRun::startedAt));
    return runs;
  }

  private static PastRun of(JsonNode body) {
    return new PastRun(
        body.path("verb").asText(),
        body.path("started_at").asText(),
        body.path("seconds").asDouble(),
        body.path("exit_code").asInt(UNKNOWN),
        body.path("message").asText(),
        body);
  }
}
