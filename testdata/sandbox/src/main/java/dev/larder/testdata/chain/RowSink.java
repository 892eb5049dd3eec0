package dev.larder.testdata.chain;

/** Takes rows one by one. */
@FunctionalInterface
public interface RowSink {
  /**
   * One row of a table.
   *
   * @param values in the order of {@link ChainTable#columns()}: String, Integer, Long, Double,
   *     Boolean, BigDecimal with the column's scale, LocalDate, LocalDateTime (UTC), or null. The
   *     array belongs to the sink.
   */
  void row(ChainTable table, Object... values);
}
