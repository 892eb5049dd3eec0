package dev.larder.pipelines.conformance;

import java.util.List;

/**
 * What became of a case.
 *
 * @param differences empty if it passed
 */
record Outcome(String id, String structure, List<String> differences) {

  boolean isPassed() {
    return differences.isEmpty();
  }
}
