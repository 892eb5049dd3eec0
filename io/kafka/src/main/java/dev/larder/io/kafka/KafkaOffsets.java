package dev.larder.io.kafka;

import dev.larder.io.changes.LarderException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Asks the cluster which partitions there are and where they begin and end. Ends are those of
 * finished transactions (read_committed), so that a planned range can always be read to its end.
 *
 * <p><b>Errors</b>: a cluster that does not answer gives a {@link
 * dev.larder.io.changes.SourceException} after at most {@value #TIMEOUT_MS} ms.
 */
public final class KafkaOffsets implements AutoCloseable {
  static final int TIMEOUT_MS = 8_000;
  private static final int REQUEST_MS = 4_000;
  private static final int RECONNECT_MS = 1_000;
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final String servers;
  private final Admin admin;

  private KafkaOffsets(String servers, Admin admin) {
    this.servers = servers;
    this.admin = admin;
  }

  /** Opens a client; the cluster is not asked yet. */
  public static KafkaOffsets open(KafkaConnection connection) {
    Map<String, Object> config = connection.clientConfig();
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MS);
    try {
      return new KafkaOffsets(connection.bootstrapServers(), Admin.create(config));
    } catch (KafkaException e) {
      throw KafkaErrors.noClient(connection.bootstrapServers(), e);
    }
  }

  /**
   * Begin and end of all partitions of the selected topics.
   *
   * @throws dev.larder.io.changes.SourceException if the cluster does not answer or refuses, or if
   *     a named topic is not there
   */
  public TopicOffsets read(TopicSelection topics) {
    Collection<TopicDescription> descriptions = descriptions(topics);
    List<TopicPartition> partitions = partitions(descriptions);
    Map<String, String> ids = new HashMap<>();
    for (TopicDescription topic : descriptions) {
      if (!topic.topicId().equals(Uuid.ZERO_UUID)) {
        ids.put(topic.name(), topic.topicId().toString());
      }
    }
    if (partitions.isEmpty()) {
      return new TopicOffsets(Map.of(), Map.of());
    }
    return new TopicOffsets(
        offsets(partitions, OffsetSpec.earliest(), "asking for the earliest offsets"),
        offsets(partitions, OffsetSpec.latest(), "asking for the end offsets"),
        ids);
  }

  /**
   * Waits until every transaction that has written to the selected topics so far is over in them.
   * Its end is written to each partition by itself: who has seen one of them may be ahead of the
   * others.
   *
   * @return false if one is still under way after so much time
   * @throws dev.larder.io.changes.SourceException as {@link #read}
   */
  public boolean awaitFinished(TopicSelection topics, Duration patience) {
    List<TopicPartition> partitions = partitions(descriptions(topics));
    Map<TopicPartition, Long> written =
        offsets(
            partitions,
            OffsetSpec.latest(),
            IsolationLevel.READ_UNCOMMITTED,
            "asking for the last offsets");
    long deadline = System.nanoTime() + patience.toNanos();
    while (!isFinished(written)) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
    }
    return true;
  }

  private boolean isFinished(Map<TopicPartition, Long> written) {
    Map<TopicPartition, Long> finished =
        offsets(List.copyOf(written.keySet()), OffsetSpec.latest(), "asking for the end offsets");
    return written.entrySet().stream()
        .allMatch(end -> finished.get(end.getKey()) >= end.getValue());
  }

  private static List<TopicPartition> partitions(Collection<TopicDescription> topics) {
    return topics.stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(p -> new TopicPartition(topic.name(), p.partition())))
        .toList();
  }

  /**
   * The first offset at or after a time by the records' own timestamps; the end where there is
   * none.
   *
   * @param partitions with their ends
   */
  public Map<TopicPartition, Long> at(Instant time, Map<TopicPartition, Long> partitions) {
    Map<TopicPartition, Long> offsets =
        offsets(
            List.copyOf(partitions.keySet()),
            OffsetSpec.forTimestamp(time.toEpochMilli()),
            "asking for the offsets at " + time);
    offsets.replaceAll((partition, offset) -> offset < 0 ? partitions.get(partition) : offset);
    return offsets;
  }

  /** The settings of the selected topics, by name. */
  public List<TopicSettings> settings(TopicSelection topics) {
    List<ConfigResource> wanted =
        answer(admin.listTopics().names(), "asking for the topics").stream()
            .filter(topics.matcher())
            .sorted()
            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
            .toList();
    Map<ConfigResource, Config> answer =
        answer(admin.describeConfigs(wanted).all(), "asking for the topics' settings");
    List<TopicSettings> settings = new ArrayList<>();
    for (ConfigResource topic : wanted) {
      Map<String, String> values = new HashMap<>();
      answer.get(topic).entries().stream()
          .filter(entry -> entry.value() != null)
          .forEach(entry -> values.put(entry.name(), entry.value()));
      settings.add(new TopicSettings(topic.name(), values));
    }
    return settings;
  }

  /** How many topics there are, Kafka's own not counted. */
  public int topics() {
    return answer(admin.listTopics().names(), "asking for the topics").size();
  }

  private Collection<TopicDescription> descriptions(TopicSelection topics) {
    List<String> names =
        answer(admin.listTopics().names(), "asking for the topics").stream()
            .filter(topics.matcher())
            .sorted()
            .toList();
    List<String> missing = topics.names().stream().filter(name -> !names.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw KafkaErrors.noTopics(servers, missing);
    }
    return answer(admin.describeTopics(names).allTopicNames(), "asking for the partitions")
        .values();
  }

  private Map<TopicPartition, Long> offsets(
      List<TopicPartition> partitions, OffsetSpec spec, String attempt) {
    return offsets(partitions, spec, IsolationLevel.READ_COMMITTED, attempt);
  }

  private Map<TopicPartition, Long> offsets(
      List<TopicPartition> partitions, OffsetSpec spec, IsolationLevel level, String attempt) {
    Map<TopicPartition, OffsetSpec> query = new HashMap<>();
    partitions.forEach(partition -> query.put(partition, spec));
    Map<TopicPartition, ListOffsetsResultInfo> answer =
        answer(admin.listOffsets(query, new ListOffsetsOptions(level)).all(), attempt);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    answer.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private <T> T answer(KafkaFuture<T> future, String attempt) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failure(attempt, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure(attempt, e);
    }
  }

  private LarderException failure(String attempt, Throwable cause) {
    return cause instanceof TimeoutException || cause instanceof InterruptedException
        ? KafkaErrors.unreachable(servers, attempt, Duration.ofMillis(TIMEOUT_MS), cause)
        : KafkaErrors.refused(servers, attempt, cause);
  }

  @Override
  public void close() {
    admin.close(CLOSE);
  }
}
