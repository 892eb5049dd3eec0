package dev.larder.pipelines.status;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/**
 * Whether a stream is well: its loop has gone round within a time, idle or not, and nothing that it
 * watches has failed.
 *
 * @param isWell for a liveness probe
 * @param json the answer with its reasons
 */
record Health(boolean isWell, String json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param silence so long the loop may take for one round, a batch included
   */
  static Health of(StreamFigures.View view, Instant now, Duration silence) {
    boolean isSilent = Duration.between(view.lastRound(), now).compareTo(silence) > 0;
    boolean isWell = !isSilent && view.problem().isEmpty();
    ObjectNode answer = JSON.createObjectNode();
    answer.put("status", isWell ? "UP" : "DOWN");
    answer.put("last_round_at", view.lastRound().toString());
    view.runningSince().ifPresent(since -> answer.put("batch_runs_since", since.toString()));
    answer.put("behind_seconds", view.behindSeconds());
    answer.put("lag_records", view.lag().values().stream().mapToLong(Long::longValue).sum());
    answer.put("dead_letters", view.deadLetters());
    view.problem().ifPresent(problem -> answer.put("problem", problem));
    if (isSilent) {
      answer.put("silent", "the loop has not gone round for more than " + silence);
    }
    return new Health(isWell, answer.toString());
  }
}
