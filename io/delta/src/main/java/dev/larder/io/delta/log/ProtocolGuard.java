package dev.larder.io.delta.log;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.error.DeltaErrors;
import io.delta.standalone.types.StructType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says which feature of a table stands in the way, and what to do. Reading is refused where it
 * would be wrong; writing wherever the protocol asks for more than append-only tables and column
 * invariants, which are checked for.
 *
 * <p><b>Source</b>: Delta's PROTOCOL.md, "Valid Feature Names in Table Features", "Protocol
 * Evolution".
 */
final class ProtocolGuard {
  static final String REMEDY =
      "Drop the feature with the engine that set it (ALTER TABLE ... DROP FEATURE), or copy the"
          + " table into a new one.";

  private static final int READER_WITH_FEATURES = 3;
  private static final int WRITER_WITH_FEATURES = 7;

  /** Reader features that are looked for where they would matter. */
  private static final Set<String> CHECKED_WHEN_READING =
      Set.of(
          "deletionVectors",
          "columnMapping",
          "timestampNtz",
          "v2Checkpoint",
          "vacuumProtocolCheck",
          "typeWidening",
          "typeWidening-preview");

  private static final Set<String> HONOURED_WHEN_WRITING = Set.of("appendOnly", "invariants");

  private ProtocolGuard() {}

  /**
   * Refuses a table that we would read wrongly.
   *
   * @param path for messages
   */
  static void requireReadable(String path, TableContents table) {
    Protocol protocol = table.protocol();
    if (protocol.reader() > READER_WITH_FEATURES) {
      throw refused(path, "protocol reader version " + protocol.reader());
    }
    Set<String> unknown = new TreeSet<>(protocol.readerFeatures());
    unknown.removeAll(CHECKED_WHEN_READING);
    if (!unknown.isEmpty()) {
      throw refused(path, "the table features " + unknown);
    }
    String mapping = table.metadata().properties().getOrDefault("delta.columnMapping.mode", "none");
    if (!mapping.equals("none")) {
      throw refused(path, "column mapping (columnMapping, mode " + mapping + ")");
    }
    if (table.hasDeletionVectors()) {
      throw deletionVectors(path);
    }
    Optional<String> widened = ColumnFeatures.widened(table.metadata().columns(path));
    if (widened.isPresent()) {
      throw refused(path, "a widened type (typeWidening) of column \"" + widened.get() + "\"");
    }
  }

  /**
   * Refuses a table that we would damage by writing.
   *
   * @param path for messages
   */
  static void requireWritable(String path, TableContents table) {
    requireReadable(path, table);
    Protocol protocol = table.protocol();
    if (protocol.writer() == WRITER_WITH_FEATURES || protocol.reader() == READER_WITH_FEATURES) {
      Set<String> features = new TreeSet<>(protocol.writerFeatures());
      features.addAll(protocol.readerFeatures());
      features.removeAll(HONOURED_WHEN_WRITING);
      if (!features.isEmpty()) {
        throw refused(path, "the table features " + features);
      }
    } else if (protocol.writer() > Protocol.OURS.writer()) {
      throw refused(path, legacy(protocol.writer(), table.metadata().properties()));
    } else if (protocol.reader() > Protocol.OURS.reader()) {
      throw refused(path, "protocol reader version 2 (column mapping)");
    }
    StructType columns = table.metadata().columns(path);
    Optional<String> unwritable = ColumnFeatures.unwritable(columns);
    if (unwritable.isPresent()) {
      throw DeltaErrors.unsupportedFeature(
          path,
          unwritable.get(),
          "Replace it by a plain column with the engine that created the table.");
    }
  }

  /**
   * Refuses a table whose versions do not have the times of their files.
   *
   * @param path for messages
   */
  static void requireFileTimes(String path, TableContents table) {
    if (TableProperties.isTrue(table.metadata().properties(), "delta.enableInCommitTimestamps")) {
      throw refused(path, "times inside of commits (inCommitTimestamp) for time travel");
    }
  }

  static UserException deletionVectors(String path) {
    return DeltaErrors.unsupportedFeature(
        path,
        "deletion vectors (deletionVectors)",
        "Set delta.enableDeletionVectors=false and run REORG TABLE ... APPLY (PURGE) with the"
            + " engine that set it, or copy the table into a new one.");
  }

  /** For a table whose log starts with a checkpoint that we do not read. */
  static UserException newerCheckpoints(String path) {
    return refused(path, "checkpoints of the second kind (v2Checkpoint)");
  }

  private static String legacy(int writer, Map<String, String> properties) {
    String version = "protocol writer version " + writer;
    if (TableProperties.isTrue(properties, "delta.enableChangeDataFeed")) {
      return version + " (change data feed)";
    }
    if (properties.keySet().stream().anyMatch(name -> name.startsWith("delta.constraints."))) {
      return version + " (CHECK constraints)";
    }
    return switch (writer) {
      case 3 -> version + " (CHECK constraints)";
      case 4 -> version + " (change data feed, generated columns)";
      case 5 -> version + " (column mapping)";
      case 6 -> version + " (identity columns)";
      default -> version;
    };
  }

  private static UserException refused(String path, String feature) {
    return DeltaErrors.unsupportedFeature(path, feature, REMEDY);
  }
}
