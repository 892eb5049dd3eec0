package dev.larder.testdata.chain;

import java.time.LocalDate;

/** A chain's past: what stands in its two databases when a run begins. */
public interface RowSource {
  /** What the rows are about. */
  Chain chain();

  /** When the last row was written, as a day in UTC. */
  LocalDate lastDay();

  /**
   * Gives every row of every table, each table in the order of its time, referenced rows before
   * those that refer to them. May be called more than once and by several threads at once; every
   * call gives the same rows. Holds one day at most in memory.
   */
  void writeTo(RowSink sink);
}
