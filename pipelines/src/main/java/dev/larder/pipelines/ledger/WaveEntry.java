package dev.larder.pipelines.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.TableId;
import java.util.Map;
import java.util.TreeMap;

/**
 * A wave of a snapshot as the ledger keeps it: some of its ranges, read by one pipeline.
 *
 * @param snapshot its number
 * @param from the first of {@link SnapshotPlan#ranges}, from 0
 * @param to the first range behind the wave
 * @param tables what was read of each table; empty in the plan
 */
public record WaveEntry(long snapshot, int from, int to, Map<String, TableTotals> tables) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public WaveEntry {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException("ranges from " + from + " to " + to);
    }
    tables = new TreeMap<>(tables);
  }

  public static WaveEntry planned(long snapshot, int from, int to) {
    return new WaveEntry(snapshot, from, to, Map.of());
  }

  public WaveEntry done(Map<TableId, TableTotals> totals) {
    Map<String, TableTotals> named = new TreeMap<>();
    totals.forEach((table, read) -> named.put(table.toString(), read));
    return new WaveEntry(snapshot, from, to, named);
  }

  public String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  public static WaveEntry fromJson(String json) {
    try {
      return JSON.readValue(json, WaveEntry.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no wave: " + json, e);
    }
  }
}
