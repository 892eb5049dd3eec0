package dev.larder.io.kafka;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;

/**
 * What one batch takes. A plan is written down before it runs; a plan that is not done is run again
 * from its text, so that a batch always has the same records.
 *
 * @param batch the batch's number; grows by one
 * @param ranges disjoint, in their own order; of one partition they follow each other without a gap
 * @param properties what else must be the same when the plan runs again, for example the catalogue
 */
public record BatchPlan(long batch, List<OffsetRange> ranges, Map<String, String> properties)
    implements Serializable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VERSION = 1;

  public BatchPlan {
    ranges = ranges.stream().sorted().toList();
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
  }

  /** Whether there was nothing new. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** How many offsets it spans. */
  public long size() {
    return ranges.stream().mapToLong(OffsetRange::size).sum();
  }

  /** The same plan with one more property, or another value of it. */
  public BatchPlan withProperty(String name, String value) {
    Map<String, String> all = new HashMap<>(properties);
    all.put(name, value);
    return new BatchPlan(batch, ranges, all);
  }

  /**
   * What is left of the plan when records of some topics are gone: of these, the offsets that are
   * there, or none if the topic is another one now.
   */
  public BatchPlan without(Collection<LostOffsets> lost) {
    Map<TopicPartition, LostOffsets> gone = new HashMap<>();
    lost.forEach(each -> gone.put(each.partition(), each));
    List<OffsetRange> left = new ArrayList<>();
    for (OffsetRange range : ranges) {
      LostOffsets loss = gone.get(range.topicPartition());
      if (loss == null) {
        left.add(range);
      } else if (loss.reason() == LostOffsets.Reason.DELETED && range.to() > loss.earliest()) {
        long from = Math.max(range.from(), loss.earliest());
        left.add(new OffsetRange(range.topic(), range.partition(), from, range.to()));
      }
    }
    return new BatchPlan(batch, left, properties);
  }

  /**
   * The same offsets, in their order, as parts of equal size for workers, wherever the ranges are
   * cut; ranges that follow each other are one.
   *
   * @param count at least 1; there are fewer parts only if there are fewer offsets
   */
  public List<List<OffsetRange>> parts(int count) {
    long size = size();
    int most = (int) Math.min(count, size);
    List<OffsetRange> all = joined();
    List<List<OffsetRange>> parts = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      parts.add(slice(all, BatchPlanner.part(size, most, i), BatchPlanner.part(size, most, i + 1)));
    }
    return parts;
  }

  private List<OffsetRange> joined() {
    List<OffsetRange> joined = new ArrayList<>();
    for (OffsetRange range : ranges) {
      OffsetRange last = joined.isEmpty() ? range : joined.get(joined.size() - 1);
      boolean follows =
          last.topicPartition().equals(range.topicPartition()) && last.to() == range.from();
      if (follows) {
        joined.set(joined.size() - 1, range.between(last.from(), range.to()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /** What lies between two places, counted in offsets over all of the ranges. */
  private static List<OffsetRange> slice(List<OffsetRange> all, long from, long to) {
    List<OffsetRange> slice = new ArrayList<>();
    long begin = 0;
    for (OffsetRange range : all) {
      long start = Math.max(0, from - begin);
      long end = Math.min(range.size(), to - begin);
      if (start < end) {
        slice.add(range.between(range.from() + start, range.from() + end));
      }
      begin += range.size();
    }
    return slice;
  }

  /** Where each of its partitions begins. */
  public Map<TopicPartition, Long> starts() {
    return ranges.stream()
        .collect(Collectors.toMap(OffsetRange::topicPartition, OffsetRange::from, Math::min));
  }

  /** Where each of its partitions stands when it is done. */
  public Map<TopicPartition, Long> ends() {
    return ranges.stream()
        .collect(Collectors.toMap(OffsetRange::topicPartition, OffsetRange::to, Math::max));
  }

  /** The positions after the plan: {@link #ends} where it has the partition, else as they were. */
  public Map<TopicPartition, Long> advance(Map<TopicPartition, Long> positions) {
    Map<TopicPartition, Long> next = new HashMap<>(positions);
    next.putAll(ends());
    return next;
  }

  /** One line, the same for equal plans. */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.getFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeNumberField("version", VERSION);
      out.writeNumberField("batch", batch);
      out.writeArrayFieldStart("ranges");
      for (OffsetRange range : ranges) {
        out.writeStartObject();
        out.writeStringField("topic", range.topic());
        out.writeNumberField("partition", range.partition());
        out.writeNumberField("from", range.from());
        out.writeNumberField("to", range.to());
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeObjectFieldStart("properties");
      for (Map.Entry<String, String> property : properties.entrySet()) {
        out.writeStringField(property.getKey(), property.getValue());
      }
      out.writeEndObject();
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /**
   * The inverse of {@link #toJson}.
   *
   * @throws IllegalArgumentException if the text is no plan of this or an earlier version
   */
  public static BatchPlan fromJson(String json) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("no batch plan: it is not JSON", e);
    }
    int version = root.path("version").asInt(0);
    if (version != VERSION || !root.path("batch").isIntegralNumber()) {
      throw new IllegalArgumentException(
          "no batch plan of version " + VERSION + ", but of " + version);
    }
    List<OffsetRange> ranges = new ArrayList<>();
    for (JsonNode range : root.path("ranges")) {
      ranges.add(
          new OffsetRange(
              Objects.requireNonNull(range.path("topic").textValue(), "topic"),
              range.path("partition").intValue(),
              range.path("from").longValue(),
              range.path("to").longValue()));
    }
    Map<String, String> properties = new HashMap<>();
    root.path("properties")
        .fields()
        .forEachRemaining(p -> properties.put(p.getKey(), p.getValue().asText()));
    return new BatchPlan(root.path("batch").longValue(), ranges, properties);
  }

  /** {@code batch 7: 3 ranges, 1200 offsets}. */
  @Override
  public String toString() {
    return "batch " + batch + ": " + ranges.size() + " ranges, " + size() + " offsets";
  }
}
