package dev.larder.pipelines.ledger;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.TableId;
import dev.larder.io.jdbc.BinlogPosition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the ledger says of a snapshot, planned or done: which tables, and where the log stood. A
 * plan has the ranges besides ({@link SnapshotPlan}).
 *
 * @param positions of each source: P0 in the plan, P1 in the outcome
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SnapshotEntry(List<String> tables, Map<String, BinlogPosition> positions) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public SnapshotEntry {
    tables = tables.stream().sorted().toList();
    positions = new TreeMap<>(positions);
  }

  public static SnapshotEntry of(
      Collection<TableId> tables, Map<String, BinlogPosition> positions) {
    return new SnapshotEntry(tables.stream().map(TableId::toString).toList(), positions);
  }

  public List<TableId> ids() {
    return tables.stream().map(TableId::parse).toList();
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static SnapshotEntry fromJson(String json) {
    try {
      return JSON.readValue(json, SnapshotEntry.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no snapshot entry: " + json, e);
    }
  }
}
