package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.io.kafka.debezium.LogSource;
import dev.larder.pipelines.options.KafkaOptions;
import dev.larder.transforms.model.Source;
import dev.larder.transforms.model.VaultModel;
import java.util.ArrayList;
import java.util.List;

/** How connectors and topics are named. One place: snapshot creates them, the stream reads them. */
final class LogTopics {

  private LogTopics() {}

  /** The connector of a source and the {@code topic.prefix} of its topics: {@code larder-pos}. */
  static String server(KafkaOptions options, Source source) {
    return source.topicPrefix().orElse(options.getTopicPrefix() + "-" + source.name());
  }

  /** Ties events to the model's sources. */
  static List<LogSource> sources(KafkaOptions options, VaultModel model) {
    return model.sources().values().stream()
        .map(source -> new LogSource(source.name(), server(options, source), source.database()))
        .toList();
  }

  /**
   * The topics of all tables of a model; a topic appears with its table's first event.
   *
   * <p>Several tables may share a topic under any name that begins with the server's.
   */
  static TopicSelection all(KafkaOptions options, VaultModel model) {
    List<String> patterns = new ArrayList<>();
    for (Source source : model.sources().values()) {
      List<String> tables =
          model.tablesOf(source.name()).stream().map(TableId::table).map(LogTopics::quoted).toList();
      patterns.add(
          quoted(server(options, source))
              + "\\."
              + quoted(source.database())
              + "\\.("
              + String.join("|", tables)
              + ")");
    }
    return TopicSelection.matching(String.join("|", patterns));
  }

  private static String quoted(String text) {
    return java.util.regex.Pattern.quote(text);
  }
}
