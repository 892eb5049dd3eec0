package dev.larder.pipelines.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a run did, as JSON: the verb, when (UTC), how long, with which outcome, and what the verb
 * adds. Options appear as they were given: secrets are references there.
 */
public final class RunReport {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final CountDownLatch settled = new CountDownLatch(1);
  private boolean wanted = true;
  private final ObjectNode root = JSON.createObjectNode();
  private final Instant startedAt;

  public RunReport(String verb, Instant startedAt) {
    this.startedAt = startedAt;
    root.put("verb", verb).put("started_at", startedAt.toString());
  }

  public RunReport put(String name, String value) {
    root.put(name, value);
    return this;
  }

  public RunReport put(String name, long value) {
    root.put(name, value);
    return this;
  }

  public RunReport put(String name, double value) {
    root.put(name, value);
    return this;
  }

  /** This run only looks: it leaves no report. */
  public void leaveNone() {
    wanted = false;
  }

  boolean isWanted() {
    return wanted;
  }

  /** The report is written, or will not be. */
  void settle() {
    settled.countDown();
  }

  /**
   * Waits until the report is written, or it is certain that it will not be.
   *
   * @return whether that was within the time
   */
  public boolean awaitSettled(Duration patience) throws InterruptedException {
    return settled.await(patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A new entry in the list of this name. */
  public ObjectNode add(String list) {
    ArrayNode entries = root.get(list) instanceof ArrayNode known ? known : root.putArray(list);
    return entries.addObject();
  }

  /** A new entry in the list of this name, of which the newest are kept. */
  public ObjectNode addToNewest(String list, int kept) {
    ObjectNode entry = add(list);
    ArrayNode entries = (ArrayNode) root.get(list);
    while (entries.size() > kept) {
      entries.remove(0);
    }
    return entry;
  }

  void ended(Instant endedAt, int exitCode, String message) {
    root.put("ended_at", endedAt.toString())
        .put("seconds", Duration.between(startedAt, endedAt).toMillis() / 1000.0)
        .put("exit_code", exitCode);
    if (message != null) {
      root.put("message", message);
    }
  }

  /** A name that sorts by time: {@code 2026-11-21T10-00-00.123Z-snapshot.json}. */
  String fileName() {
    return startedAt.toString().replace(':', '-') + "-" + root.get("verb").asText() + ".json";
  }

  @Override
  public String toString() {
    return root.toPrettyString();
  }
}
