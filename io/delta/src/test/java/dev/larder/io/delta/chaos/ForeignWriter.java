package dev.larder.io.delta.chaos;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Another engine: writes versions by itself, without statistics, tags and transactions, and knows
 * nothing of buckets.
 */
final class ForeignWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableStore store;
  private final TableFiles files;

  ForeignWriter(String lake, String table) {
    this.store = TableStores.of(lake, table);
    this.files = new TableFiles(store);
  }

  private TableState latest() {
    return DeltaLogs.of(store).latest().orElseThrow();
  }

  void append(List<Object[]> rows) throws IOException {
    write("WRITE", List.of(), rows.iterator(), true);
  }

  /** Writes all rows into one file. */
  void compact() throws IOException {
    List<DataFile> live = latest().files();
    try (RowIterator rows = files.rows(live, latest().schema(), row -> true)) {
      write("OPTIMIZE", live, rows, false);
    }
  }

  /** Takes the rows of a file away and says which they were. */
  List<Object[]> delete(int choice) throws IOException {
    List<DataFile> live = latest().files();
    List<Object[]> gone = new ArrayList<>();
    if (!live.isEmpty()) {
      DataFile file = live.get(choice % live.size());
      try (RowIterator rows = files.read(file, latest().schema())) {
        rows.forEachRemaining(gone::add);
      }
      write("DELETE", List.of(file), List.<Object[]>of().iterator(), true);
    }
    return gone;
  }

  private void write(
      String operation, List<DataFile> removed, Iterator<Object[]> rows, boolean dataChange)
      throws IOException {
    RowSchema schema = latest().schema();
    long now = System.currentTimeMillis();
    List<String> lines = new ArrayList<>();
    lines.add(
        JSON.writeValueAsString(
            Map.of("commitInfo", Map.of("timestamp", now, "operation", operation))));
    for (DataFile file : removed) {
      Map<String, Object> remove =
          Map.of("path", file.path(), "deletionTimestamp", now, "dataChange", dataChange);
      lines.add(JSON.writeValueAsString(Map.of("remove", remove)));
    }
    for (DataFile file : files.write(schema, DataFile.ANY_BUCKET, rows)) {
      Map<String, Object> add =
          Map.of(
              "path", file.path(),
              "partitionValues", Map.of(),
              "size", file.size(),
              "modificationTime", file.modifiedAt(),
              "dataChange", dataChange);
      lines.add(JSON.writeValueAsString(Map.of("add", add)));
    }
    String name = String.format("_delta_log/%020d.json", latest().version() + 1);
    Files.write(Path.of(store.location(), name), lines, StandardOpenOption.CREATE_NEW);
  }
}
