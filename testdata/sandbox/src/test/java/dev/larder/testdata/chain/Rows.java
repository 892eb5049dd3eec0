package dev.larder.testdata.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A sink that keeps what it is given, with access by column name. */
final class Rows implements RowSink {
  private final Map<ChainTable, List<Object[]>> rows = new EnumMap<>(ChainTable.class);

  static Rows of(RowSource source) {
    Rows rows = new Rows();
    source.writeTo(rows);
    return rows;
  }

  @Override
  public void row(ChainTable table, Object... values) {
    if (values.length != table.columns().size()) {
      throw new IllegalStateException(table + ": " + values.length + " values");
    }
    rows.computeIfAbsent(table, unused -> new ArrayList<>()).add(values);
  }

  List<Object[]> of(ChainTable table) {
    return rows.getOrDefault(table, List.of());
  }

  static Object value(ChainTable table, Object[] row, String column) {
    return row[table.columns().indexOf(column)];
  }

  Map<ChainTable, Integer> counts() {
    Map<ChainTable, Integer> counts = new EnumMap<>(ChainTable.class);
    rows.forEach((table, list) -> counts.put(table, list.size()));
    return counts;
  }

  /** Equal for equal rows in equal order. */
  int fingerprint() {
    int hash = 1;
    for (List<Object[]> list : rows.values()) {
      for (Object[] row : list) {
        hash = 31 * hash + Arrays.hashCode(row);
      }
    }
    return hash;
  }
}
