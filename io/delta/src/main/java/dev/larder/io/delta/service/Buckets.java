package dev.larder.io.delta.service;

import dev.larder.io.delta.log.TableState;
import java.util.List;

/**
 * How the rows of a table are divided into buckets.
 *
 * @param key columns that decide a row's bucket; empty if there is one bucket only
 */
record Buckets(List<String> key, int count) {
  private static final String KEY = "larder.key";
  private static final String COUNT = "larder.buckets";
  private static final Buckets ONE = new Buckets(List.of(), 1);

  static Buckets of(TableState table) {
    String key = table.properties().getOrDefault(KEY, "");
    int count = Integer.parseInt(table.properties().getOrDefault(COUNT, "1"));
    return key.isEmpty() || count == 1 ? ONE : new Buckets(List.of(key.split(",")), count);
  }

  boolean areMany() {
    return count > 1;
  }
}
