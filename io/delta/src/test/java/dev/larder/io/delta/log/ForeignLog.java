package dev.larder.io.delta.log;

import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A log that another engine wrote, line by line. */
final class ForeignLog {
  static final String PROTOCOL = "{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}";

  private final Path table;
  private final Path log;

  /** Fields of the table's schema, escaped. */
  String columns =
      "{\\\"name\\\":\\\"id\\\",\\\"type\\\":\\\"long\\\",\\\"nullable\\\":true,"
          + "\\\"metadata\\\":{}}";

  String partitions = "";

  ForeignLog(Path table) {
    this.table = table;
    this.log = table.resolve("_delta_log");
  }

  /** The table as one sees it who comes anew. */
  TableLog open() {
    return new StoredLog(TableStores.at(table.toString()));
  }

  static String features(String reader, String writer) {
    return "{\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,\"readerFeatures\":["
        + reader
        + "],\"writerFeatures\":["
        + writer
        + "]}}";
  }

  /**
   * @param properties a JSON object
   */
  String metadata(String properties) {
    return "{\"metaData\":{\"id\":\"x\",\"format\":{\"provider\":\"parquet\",\"options\":{}},"
        + "\"schemaString\":\"{\\\"type\\\":\\\"struct\\\",\\\"fields\\\":["
        + columns
        + "]}\",\"partitionColumns\":["
        + partitions
        + "],\"configuration\":"
        + properties
        + ",\"createdTime\":1}}";
  }

  static String add(String path) {
    return "{\"add\":{\"path\":\""
        + path
        + "\",\"partitionValues\":{},\"size\":1,\"modificationTime\":1,\"dataChange\":true}}";
  }

  Path file(long version) {
    return log.resolve(String.format("%020d.json", version));
  }

  Path file(String name) {
    return log.resolve(name);
  }

  void write(long version, String... lines) throws IOException {
    Files.createDirectories(log);
    Files.write(file(version), List.of(lines), StandardCharsets.UTF_8);
  }

  void touch(String name) throws IOException {
    Files.createDirectories(log);
    Files.write(log.resolve(name), new byte[0]);
  }

  void clear() throws IOException {
    if (Files.isDirectory(log)) {
      try (Stream<Path> files = Files.list(log)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
