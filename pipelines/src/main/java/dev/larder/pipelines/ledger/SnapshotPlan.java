package dev.larder.pipelines.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.TableId;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.io.jdbc.TablePlanJson;
import dev.larder.io.jdbc.TableRange;
import java.util.List;
import java.util.Map;

/**
 * A snapshot as it was planned, with every range: whoever goes on with it reads the same ranges of
 * the same tables. The line of the ledger is a {@link SnapshotEntry} too.
 *
 * @param tables in the order in which they are read
 * @param positions P0 of each source
 */
public record SnapshotPlan(List<TablePlan> tables, Map<String, BinlogPosition> positions) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PLAN = "plan";

  public SnapshotPlan {
    tables = List.copyOf(tables);
    positions = Map.copyOf(positions);
  }

  public List<TableId> ids() {
    return tables.stream().map(table -> table.table().id()).toList();
  }

  /** All ranges in the order in which they are read; waves are parts of this list. */
  public List<TableRange> ranges() {
    return tables.stream().flatMap(table -> table.ranges().stream()).toList();
  }

  public long estimatedRows() {
    return tables.stream().mapToLong(TablePlan::estimatedRows).sum();
  }

  public String toJson() {
    ObjectNode entry = JSON.valueToTree(SnapshotEntry.of(ids(), positions));
    try {
      entry.set(PLAN, JSON.readTree(TablePlanJson.write(tables)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return entry.toString();
  }

  /**
   * @throws NotReadyException if the line holds no ranges
   */
  public static SnapshotPlan fromJson(String json) {
    try {
      Map<String, BinlogPosition> positions = SnapshotEntry.fromJson(json).positions();
      JsonNode plan = JSON.readTree(json).get(PLAN);
      if (plan == null) {
        throw new NotReadyException(
            "The ledger's line of the unfinished snapshot holds no ranges: an older Larder wrote"
                + " it. Begin another one: larder snapshot --anew=true");
      }
      return new SnapshotPlan(TablePlanJson.read(plan.toString(), positions), positions);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no snapshot plan: " + json, e);
    }
  }
}
