package dev.larder.io.kafka;

import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;

/** The errors of reading Kafka. */
final class KafkaErrors {
  private static final String RESNAPSHOT =
      " Start `larder stream` again: it says which tables to snapshot anew and how to go on; and"
          + " keep the topic longer (retention.ms) than Larder may stand still.";

  private KafkaErrors() {}

  static UserException badPattern(String pattern, Exception cause) {
    return new UserException(
        "\"" + pattern + "\" is no regular expression for topics: " + cause.getMessage() + ".",
        cause);
  }

  static SourceException unreachable(
      String servers, String attempt, Duration waited, Throwable cause) {
    return SourceException.away(
        "Kafka at "
            + servers
            + " did not answer within "
            + waited.toSeconds()
            + " s ("
            + attempt
            + "). Check that the brokers run, that this machine may reach them, and that the"
            + " addresses they advertise (advertised.listeners) are reachable from here too.",
        cause);
  }

  static SourceException refused(String servers, String attempt, Throwable cause) {
    String message =
        "Kafka at "
            + servers
            + " refused ("
            + attempt
            + "): "
            + cause.getMessage()
            + " Check user, password reference and the rights to describe and read these topics.";
    return cause instanceof RetriableException
        ? SourceException.away(message, cause)
        : new SourceException(message, cause);
  }

  static UserException noClient(String servers, KafkaException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new UserException(
        "No Kafka client can be made for "
            + servers
            + ": "
            + cause.getMessage()
            + ". Give bootstrap servers as host:port, comma separated, by names that this machine"
            + " can resolve, and check the further settings.",
        e);
  }

  static UserException noNamespace(String reference) {
    return new UserException(
        "--eventHubs="
            + reference
            + " is no connection string of an Event Hubs namespace (it is not shown here). Copy it"
            + " from the namespace's shared access policies; it begins with"
            + " Endpoint=sb://NAME.servicebus.windows.net/");
  }

  static SourceException noTopics(String servers, Collection<String> missing) {
    return new SourceException(
        "Kafka at "
            + servers
            + " has no topic "
            + String.join(", ", missing)
            + ". A connector creates a table's topic with the table's first change; check the names"
            + " (topic.prefix.database.table) and the connector's state.");
  }

  static UserException badStart(String text, String why, Exception cause) {
    return new UserException(
        "--startingPosition="
            + text
            + ": "
            + why
            + ". Give earliest, latest, timestamp:2026-11-21T10:00:00Z, offsets by topic and"
            + " partition ({\"pos.pos.orders\": {\"0\": 1200}}; -2 is the earliest, -1 the end), or"
            + " ledger.",
        cause);
  }

  static SourceException nothingRead(Collection<String> topics) {
    return new SourceException(
        "The ledger has no position for "
            + String.join(", ", topics.stream().sorted().toList())
            + ", and --startingPosition=ledger says that it must. Check --lake; or say where to"
            + " begin: --startingPosition=earliest.");
  }

  static UserException startNotThere(TopicPartition partition, long wanted, long first, long end) {
    return new UserException(
        String.format(
            "--startingPosition: %s/%d has no offset %d; it holds offsets %d to %d. Give one of"
                + " them, -2 for the earliest or -1 for the end.",
            partition.topic(), partition.partition(), wanted, first, end - 1));
  }

  static SourceException recordsGone(TopicPartition partition, long wanted, long earliest) {
    return new SourceException(
        partition.topic()
            + "/"
            + partition.partition()
            + ": the records from offset "
            + wanted
            + " to "
            + (earliest - 1)
            + " were not read yet and are gone; the earliest that is left is "
            + earliest
            + ". They were deleted by the topic's retention, and nothing is skipped silently."
            + RESNAPSHOT);
  }

  static SourceException topicShorter(TopicPartition partition, long wanted, long end) {
    return new SourceException(
        partition.topic()
            + "/"
            + partition.partition()
            + ": reading stands at offset "
            + wanted
            + ", but the partition ends at "
            + end
            + ". The topic was deleted and made anew, or another cluster answers."
            + RESNAPSHOT);
  }

  static SourceException rangeGone(OffsetRange range, long position, Throwable cause) {
    return new SourceException(
        range
            + ": the record at offset "
            + position
            + " is gone while the range was to be read. It was deleted by the topic's retention, or"
            + " the topic was made anew; nothing is skipped silently."
            + RESNAPSHOT,
        cause);
  }

  static SourceException rangeStuck(
      String servers, OffsetRange range, long position, Duration waited, Throwable cause) {
    return SourceException.away(
        range
            + ": nothing came from Kafka at "
            + servers
            + " for "
            + waited.toSeconds()
            + " s; reading stands at offset "
            + position
            + ". Check that the brokers run, that the topic still exists, and that this worker may"
            + " reach the addresses they advertise (advertised.listeners).",
        cause);
  }
}
