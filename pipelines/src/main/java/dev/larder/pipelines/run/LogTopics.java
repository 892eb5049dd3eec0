package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.io.kafka.debezium.LogSource;
import dev.larder.transforms.model.Source;
import dev.larder.transforms.model.VaultModel;
import java.util.ArrayList;
import java.util.List;

/** How connectors and topics are named. One place: snapshot creates them, the stream reads them. */
public final class LogTopics {

  private LogTopics() {}

  /** What a source's topics begin with: the model's {@code topic_prefix}, else its name. */
  static String server(Source source) {
    return source.topicPrefix().orElse(source.name());
  }

  /** Ties events to the model's sources. */
  static List<LogSource> sources(VaultModel model) {
    return model.sources().values().stream()
        .map(source -> new LogSource(source.name(), server(source), source.database()))
        .toList();
  }

  /**
   * The topics of all tables of a model; a topic appears with its table's first event. Where a
   * topic holds several tables, events are told apart by their envelope.
   */
  public static TopicSelection all(VaultModel model) {
    List<String> patterns = new ArrayList<>();
    for (Source source : model.sources().values()) {
      if (source.topic().isPresent()) {
        patterns.add(quoted(source.topic().get()));
        continue;
      }
      List<String> tables =
          model.tablesOf(source.name()).stream()
              .map(TableId::table)
              .map(LogTopics::quoted)
              .toList();
      patterns.add(
          quoted(server(source))
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

  /** The tables whose changes are in a topic. */
  static List<TableId> tables(VaultModel model, String topic) {
    return model.tables().keySet().stream()
        .filter(
            table -> {
              Source source = model.source(table.source());
              String own = server(source) + "." + source.database() + "." + table.table();
              return topic.equals(source.topic().orElse(own));
            })
        .toList();
  }
}
