package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Translates a ranked column of a stage: {@code RANK() OVER (PARTITION BY ... ORDER BY ...)}, or
 * DENSE_RANK with {@code dense_rank}. A column to order by may be {@code {COLUMN: DESC}}.
 */
final class RankedColumn {

  private RankedColumn() {}

  static DerivedColumn of(String name, JsonNode definition, CaseTable source) {
    int[] partition =
        Cells.names(definition.path("partition_by")).stream().mapToInt(source::position).toArray();
    Comparator<Object[]> order = order(definition.path("order_by"), source);
    boolean isDense = definition.path("dense_rank").asBoolean();
    List<Object> ranks = new ArrayList<>();
    for (Object[] row : source.rows()) {
      List<Object[]> before =
          source.rows().stream()
              .filter(other -> isSame(partition, row, other) && order.compare(other, row) < 0)
              .toList();
      ranks.add(1L + (isDense ? distinct(before, order) : before.size()));
    }
    return new DerivedColumn(Column.nullable(name, ColumnType.INT), ranks);
  }

  private static long distinct(List<Object[]> rows, Comparator<Object[]> order) {
    List<Object[]> sorted = rows.stream().sorted(order).toList();
    long distinct = sorted.isEmpty() ? 0 : 1;
    for (int i = 1; i < sorted.size(); i++) {
      distinct += order.compare(sorted.get(i - 1), sorted.get(i)) == 0 ? 0 : 1;
    }
    return distinct;
  }

  private static boolean isSame(int[] partition, Object[] left, Object[] right) {
    for (int position : partition) {
      if (position >= 0 && !Values.same(left[position], right[position])) {
        return false;
      }
    }
    return true;
  }

  private static Comparator<Object[]> order(JsonNode node, CaseTable source) {
    Comparator<Object[]> order = (left, right) -> 0;
    for (JsonNode element : node.isArray() ? node : List.of(node)) {
      String column = element.isObject() ? element.fieldNames().next() : element.asText();
      int position = source.position(column);
      Comparator<Object[]> by =
          (left, right) -> position < 0 ? 0 : Values.compare(left[position], right[position]);
      boolean isDescending =
          element.isObject() && element.path(column).asText().equalsIgnoreCase("DESC");
      order = order.thenComparing(isDescending ? by.reversed() : by);
    }
    return order;
  }
}
