package dev.larder.pipelines.conformance;

import java.util.List;

/**
 * What became of a case.
 *
 * @param differences from the tables that it expects, or why it could not be run; empty if it
 *     passed
 * @param staging differences from the staged rows that its file gives: not the suite's own, but
 *     those of the interpreter that made the files
 */
record Outcome(String id, String structure, List<String> differences, List<String> staging) {

  /** Of a case that could not be run. */
  Outcome(String id, String structure, String reason) {
    this(id, structure, List.of(reason), List.of());
  }

  boolean isPassed() {
    return differences.isEmpty();
  }
}
