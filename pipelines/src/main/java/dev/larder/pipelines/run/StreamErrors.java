package dev.larder.pipelines.run;

import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.UserException;
import dev.larder.io.kafka.LostOffsets;
import dev.larder.pipelines.options.StreamOptions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The errors of the stream. */
final class StreamErrors {

  private StreamErrors() {}

  /**
   * @param lost all of it
   * @param tables whose changes are gone
   * @param lastRead when a batch last read one of these partitions, if the ledger still says so
   */
  static SourceException lost(
      List<LostOffsets> lost,
      Collection<TableId> tables,
      Optional<Instant> lastRead,
      StreamOptions options) {
    String topics =
        lost.stream()
            .map(each -> each.partition().topic())
            .distinct()
            .sorted()
            .collect(Collectors.joining(","));
    String names =
        new TreeSet<>(tables).stream().map(TableId::toString).collect(Collectors.joining(","));
    return new SourceException(
        "Kafka does not have records any more that were not read yet:\n"
            + lost.stream().map(each -> "  " + each + "\n").collect(Collectors.joining())
            + lastRead.map(time -> "These topics were last read at " + time + ". ").orElse("")
            + "Nothing is skipped silently: bronze and the vault lack these changes. Read the"
            + " tables again, then let the stream go on behind the gap:\n"
            + "  larder snapshot --tables="
            + names
            + where(options)
            + "\n  larder stream --acceptLostOffsets="
            + topics
            + where(options)
            + "\nRows that were deleted within the gap stay as they were; `larder verify` names"
            + " them. Keep topics for longer (retention.ms) than Larder may stand still.");
  }

  private static String where(StreamOptions options) {
    StringBuilder text = new StringBuilder();
    text.append(" --model=").append(options.getModel());
    text.append(" --lake=").append(options.getLake());
    for (String source : options.getSource() == null ? List.<String>of() : options.getSource()) {
      text.append(" --source=").append(source);
    }
    append(text, "bootstrapServers", options.getBootstrapServers());
    append(text, "kafkaConfig", options.getKafkaConfig());
    append(text, "connect", options.getConnect());
    return text.toString();
  }

  private static void append(StringBuilder text, String option, String value) {
    if (value != null) {
      text.append(" --").append(option).append('=').append(value);
    }
  }

  static UserException startsBehindASnapshot(String start, Collection<String> topics) {
    return new UserException(
        String.format(
            "--startingPosition=%s: a snapshot of the tables of %s waits in bronze, and needs their"
                + " topics from the beginning. Use --startingPosition=earliest.",
            start, topics.stream().sorted().collect(Collectors.joining(", "))));
  }
}
