package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.delta.error.LogErrors;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/** When the versions of a log were written, and what their writers said of them. Pure. */
final class VersionTimes {

  private VersionTimes() {}

  /**
   * The version that was the latest at a time.
   *
   * @param path for messages
   */
  static long versionAsOf(String path, LogListing listing, Instant time) {
    OptionalLong oldest = listing.oldestReadable();
    NavigableMap<Long, Long> times =
        oldest.isEmpty() ? new TreeMap<>() : listing.times().tailMap(oldest.getAsLong(), true);
    if (times.isEmpty()) {
      throw LogErrors.missing(path + "/_delta_log/" + LogFolder.commitName(0));
    }
    long millis = time.toEpochMilli();
    if (millis < times.firstEntry().getValue() || millis > times.lastEntry().getValue()) {
      throw LogErrors.noVersionAt(
          path,
          time,
          times.firstKey(),
          instant(times.firstEntry()),
          times.lastKey(),
          instant(times.lastEntry()));
    }
    long found = times.firstKey();
    for (Map.Entry<Long, Long> version : times.entrySet()) {
      if (version.getValue() > millis) {
        break;
      }
      found = version.getKey();
    }
    return found;
  }

  private static Instant instant(Map.Entry<Long, Long> version) {
    return Instant.ofEpochMilli(version.getValue());
  }

  /** What an entry's writer said of it. */
  static CommitInfo info(LogEntry entry) {
    JsonNode info = entry.commitInfo();
    return new CommitInfo(
        entry.version(),
        Instant.ofEpochMilli(entry.time()),
        info.path("operation").asText(""),
        texts(info.path("operationParameters")),
        texts(info.path("operationMetrics")),
        info.path("engineInfo").asText(""));
  }

  private static Map<String, String> texts(JsonNode object) {
    Map<String, String> texts = new HashMap<>();
    object
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              if (!value.isNull()) {
                texts.put(field.getKey(), value.isTextual() ? value.asText() : value.toString());
              }
            });
    return texts;
  }
}
