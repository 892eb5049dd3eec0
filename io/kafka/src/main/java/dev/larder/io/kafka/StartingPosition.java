package dev.larder.io.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading begins in topics of which nothing was read yet. Never asked for others.
 *
 * @param kind which rule
 * @param time of {@link Kind#TIMESTAMP}, else null
 * @param given of {@link Kind#GIVEN}: -2 for the earliest offset, -1 for the end, as Spark has it
 */
public record StartingPosition(Kind kind, Instant time, Map<TopicPartition, Long> given) {
  private static final String TIMESTAMP = "timestamp:";
  private static final long EARLIEST = -2;
  private static final long LATEST = -1;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The rules. */
  public enum Kind {
    /** The first offset that is there. */
    EARLIEST,
    /** The end: only what comes from now on. */
    LATEST,
    /** The first record at or after a time, by the records' timestamps. */
    TIMESTAMP,
    /** Offsets that were given; partitions that are not among them begin at the earliest. */
    GIVEN,
    /** Nowhere: something must have been read before. */
    LEDGER
  }

  public StartingPosition {
    given = Map.copyOf(given);
  }

  /**
   * @param text {@code earliest}, {@code latest}, {@code timestamp:2026-11-21T10:00:00Z}, {@code
   *     {"topic": {"0": 12}}} or {@code ledger}
   * @throws dev.larder.io.changes.UserException if it is none of these
   */
  public static StartingPosition parse(String text) {
    String trimmed = text.strip();
    if (trimmed.startsWith(TIMESTAMP)) {
      try {
        Instant time = Instant.parse(trimmed.substring(TIMESTAMP.length()));
        return new StartingPosition(Kind.TIMESTAMP, time, Map.of());
      } catch (DateTimeParseException e) {
        throw KafkaErrors.badStart(text, "the time is not ISO-8601 in UTC", e);
      }
    }
    if (trimmed.startsWith("{")) {
      return new StartingPosition(Kind.GIVEN, null, offsets(trimmed));
    }
    return switch (trimmed) {
      case "earliest" -> new StartingPosition(Kind.EARLIEST, null, Map.of());
      case "latest" -> new StartingPosition(Kind.LATEST, null, Map.of());
      case "ledger" -> new StartingPosition(Kind.LEDGER, null, Map.of());
      default -> throw KafkaErrors.badStart(text, "it is none of these", null);
    };
  }

  private static Map<TopicPartition, Long> offsets(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw KafkaErrors.badStart(text, "it is no JSON", e);
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<String, JsonNode> topic : root.properties()) {
      for (Map.Entry<String, JsonNode> offset : topic.getValue().properties()) {
        boolean isNumber = offset.getKey().matches("\\d{1,9}");
        if (!isNumber || !offset.getValue().canConvertToLong()) {
          throw KafkaErrors.badStart(text, "partitions and offsets are whole numbers", null);
        }
        long value = offset.getValue().longValue();
        if (value < EARLIEST) {
          throw KafkaErrors.badStart(text, "there is no offset " + value, null);
        }
        offsets.put(new TopicPartition(topic.getKey(), Integer.parseInt(offset.getKey())), value);
      }
    }
    return offsets;
  }

  /**
   * The next offset of every partition of some topics.
   *
   * @param topics that are there, and of which nothing was read yet
   * @param at finds the first offset at or after a time: {@link KafkaOffsets#at}
   * @throws dev.larder.io.changes.SourceException for {@link Kind#LEDGER}, if there are any; for
   *     given offsets that are not there
   */
  public Map<TopicPartition, Long> of(
      Set<String> topics,
      TopicOffsets now,
      BiFunction<Instant, Map<TopicPartition, Long>, Map<TopicPartition, Long>> at) {
    Map<TopicPartition, Long> ends = new HashMap<>(now.end());
    ends.keySet().removeIf(partition -> !topics.contains(partition.topic()));
    if (ends.isEmpty() || kind == Kind.LATEST) {
      return ends;
    }
    if (kind == Kind.LEDGER) {
      throw KafkaErrors.nothingRead(topics);
    }
    if (kind == Kind.TIMESTAMP) {
      return at.apply(time, ends);
    }
    Map<TopicPartition, Long> starts = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            starts.put(partition, start(partition, now.earliest().get(partition), end)));
    return starts;
  }

  private long start(TopicPartition partition, long earliest, long end) {
    long wanted = given.getOrDefault(partition, EARLIEST);
    if (wanted == EARLIEST) {
      return earliest;
    }
    if (wanted == LATEST) {
      return end;
    }
    if (wanted < earliest || wanted > end) {
      throw KafkaErrors.startNotThere(partition, wanted, earliest, end);
    }
    return wanted;
  }

  /** As it was given. */
  @Override
  public String toString() {
    return switch (kind) {
      case TIMESTAMP -> TIMESTAMP + time;
      case GIVEN -> new TreeMap<>(byName()).toString();
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  private Map<String, Long> byName() {
    Map<String, Long> names = new HashMap<>();
    given.forEach((partition, offset) -> names.put(partition.toString(), offset));
    return names;
  }
}
