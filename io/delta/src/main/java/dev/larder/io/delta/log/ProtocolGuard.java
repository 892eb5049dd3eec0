package dev.larder.io.delta.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.LarderException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.store.TableStore;
import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Says which feature of a table stands in the way, and what to do, instead of protocol numbers. */
public final class ProtocolGuard {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REMEDY =
      "Drop the feature with the engine that set it (ALTER TABLE ... DROP FEATURE), or copy the"
          + " table into a new one.";

  private ProtocolGuard() {}

  /** For a table whose log could not be loaded. */
  static LarderException explain(TableStore store, Exception cause) {
    if (cause instanceof LarderException known) {
      return known;
    }
    Optional<JsonNode> protocol = protocol(store);
    return protocol.isPresent() && protocol.get().path("minReaderVersion").asInt(1) > 1
        ? explain(store)
        : DeltaErrors.cannotOpen(store.location(), cause);
  }

  /** For a table whose protocol is known to be too new. */
  static LarderException explain(TableStore store) {
    String feature = protocol(store).map(ProtocolGuard::feature).orElse("a newer protocol");
    return DeltaErrors.unsupportedFeature(store.location(), feature, REMEDY);
  }

  private static String feature(JsonNode protocol) {
    List<String> named = new ArrayList<>();
    protocol.path("readerFeatures").forEach(name -> named.add(name.asText()));
    protocol
        .path("writerFeatures")
        .forEach(
            name -> {
              if (!named.contains(name.asText()) && !isHonoured(name.asText())) {
                named.add(name.asText());
              }
            });
    if (!named.isEmpty()) {
      return "the table features " + named;
    }
    int writer = protocol.path("minWriterVersion").asInt();
    return switch (writer) {
      case 3 -> "protocol writer version 3 (CHECK constraints)";
      case 4 -> "protocol writer version 4 (change data feed, generated columns)";
      case 5 -> "protocol writer version 5 (column mapping)";
      case 6 -> "protocol writer version 6 (identity columns)";
      default -> "protocol writer version " + writer;
    };
  }

  private static boolean isHonoured(String feature) {
    return feature.equals("appendOnly") || feature.equals("invariants");
  }

  /** The latest protocol action in the log's JSON files. */
  private static Optional<JsonNode> protocol(TableStore store) {
    Configuration configuration = store.hadoop();
    LogStore log = store.logStore();
    Path folder = new Path(new Path(store.uri()), TableStore.LOG);
    List<Path> commits = new ArrayList<>();
    try {
      Iterator<FileStatus> listed =
          log.listFrom(new Path(folder, String.format("%020d.json", 0)), configuration);
      listed.forEachRemaining(
          entry -> {
            if (entry.getPath().getName().matches("\\d{20}\\.json")) {
              commits.add(entry.getPath());
            }
          });
      commits.sort(Comparator.comparing(Path::getName).reversed());
      for (Path commit : commits) {
        try (CloseableIterator<String> lines = log.read(commit, configuration)) {
          while (lines.hasNext()) {
            String line = lines.next();
            if (line.startsWith("{\"protocol\"")) {
              return Optional.of(JSON.readTree(line).path("protocol"));
            }
          }
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }
}
