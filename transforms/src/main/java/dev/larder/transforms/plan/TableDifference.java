package dev.larder.transforms.plan;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.VaultTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a table that a model asks for differs from the one that a lake holds.
 *
 * @param table the table's path below the lake
 * @param additions what loading would add and nothing stored contradicts
 * @param rebuilds what would give stored rows other hashes, or load them by another rule: each with
 *     what is stored and what is asked for
 * @param properties what the stored table is to say of itself once the additions are made
 */
public record TableDifference(
    String table, List<String> additions, List<String> rebuilds, Map<String, String> properties) {
  private static final String HASH = "larder.hash.";
  private static final String PROFILE = HASH + "profile";
  private static final String COLUMNS = HASH + "columns";
  private static final String STORE = HASH + "store";
  private static final String RULE = "larder.rule";
  private static final String DIFF_INPUTS = "inputs of the hash diff";
  private static final String STRICT = "strict";

  /** Rules of transactions: either may follow the other. */
  private static final List<String> OF_EVENTS = List.of("Append", "InsertIfAbsent");

  public TableDifference {
    additions = List.copyOf(additions);
    rebuilds = List.copyOf(rebuilds);
  }

  /** Whether the table would be loaded as it is. */
  public boolean isNone() {
    return additions.isEmpty() && rebuilds.isEmpty();
  }

  /** Whether what is stored would have to be made anew. */
  public boolean isRefused() {
    return !rebuilds.isEmpty();
  }

  /** Whether rows of this table would not meet stored rows of others any more. */
  public boolean changesKeys() {
    return rebuilds.stream().anyMatch(line -> !line.startsWith(DIFF_INPUTS));
  }

  /** All properties that a table gets when it is created. */
  public static Map<String, String> properties(VaultModel model, VaultTable table) {
    Map<String, String> properties = new TreeMap<>(table.spec().properties());
    properties.putAll(HashInputs.of(model, table));
    return properties;
  }

  /**
   * @param columns of the stored table
   * @param stored its properties; what they do not say is taken for unchanged
   */
  public static TableDifference of(
      VaultModel model, VaultTable table, RowSchema columns, Map<String, String> stored) {
    Map<String, String> wanted = properties(model, table);
    List<String> additions = new ArrayList<>();
    List<String> rebuilds = new ArrayList<>();
    columns(table.spec().schema(), columns, additions, rebuilds);
    for (String property : List.of(PROFILE, HASH + "algorithm", STORE, HashInputs.KEY)) {
      String before = stored.get(property);
      String now = wanted.get(property);
      if (before != null && now != null && !before.equals(now)) {
        rebuilds.add(changed(title(property), before, now));
      }
    }
    hashed(table, stored, wanted, additions, rebuilds);
    wanted.forEach(
        (property, now) -> {
          String before = stored.get(property);
          if (property.startsWith(HashInputs.FROM) && before != null && !before.equals(now)) {
            String source = property.substring(HashInputs.FROM.length());
            rebuilds.add(changed("key from " + source, before, now));
          }
        });
    rule(table, stored, rebuilds);
    return new TableDifference(table.name(), additions, rebuilds, wanted);
  }

  private static String title(String property) {
    return property.equals(HashInputs.KEY)
        ? "inputs of the hash key"
        : property.equals(STORE) ? "form of hashes" : "hash " + property.substring(HASH.length());
  }

  private static String changed(String what, String before, String now) {
    return String.format("%s: stored are %s, the model asks for %s", what, before, now);
  }

  private static void columns(
      RowSchema wanted, RowSchema stored, List<String> additions, List<String> rebuilds) {
    for (Column column : wanted.columns()) {
      int position = stored.find(column.name());
      if (position < 0) {
        additions.add("new column " + column);
      } else if (column.type().kind() != stored.column(position).type().kind()
          && !TableDrift.isWider(stored.column(position).type(), column.type())) {
        rebuilds.add(
            changed(
                "type of " + column.name(),
                stored.column(position).type().toString(),
                column.type().toString()));
      } else if (!column.type().equals(stored.column(position).type())) {
        additions.add(
            String.format(
                "type of %s: %s, stored as %s",
                column.name(), column.type(), stored.column(position).type()));
      }
    }
    for (Column column : stored.columns()) {
      if (wanted.find(column.name()) < 0) {
        additions.add("column " + column.name() + " is no longer loaded; new rows have NULL there");
      }
    }
  }

  private static void hashed(
      VaultTable table,
      Map<String, String> stored,
      Map<String, String> wanted,
      List<String> additions,
      List<String> rebuilds) {
    String before = stored.get(COLUMNS);
    String now = wanted.getOrDefault(COLUMNS, "");
    if (before == null || before.equals(now)) {
      return;
    }
    boolean isDiff = table.spec().schema().find(VaultNames.HASH_DIFF) >= 0;
    if (!isDiff && stored.containsKey(HashInputs.KEY)) {
      return; // the key's inputs say it, and more
    }
    boolean isStrict = STRICT.equals(wanted.get(PROFILE));
    List<String> names = Arrays.asList(now.split(","));
    List<String> first = Arrays.asList(before.split(","));
    boolean isContinued =
        names.size() > first.size() && names.subList(0, first.size()).equals(first);
    if (isDiff && isStrict && isContinued) {
      additions.add(
          String.format(
              "the hash diff goes on with %s; stored ones stay as they are",
              String.join(", ", names.subList(first.size(), names.size()))));
    } else {
      rebuilds.add(
          changed(
              isDiff ? DIFF_INPUTS : "inputs of the hash",
              before.replace(",", ", "),
              now.replace(",", ", ")));
    }
  }

  private static void rule(VaultTable table, Map<String, String> stored, List<String> rebuilds) {
    String before = stored.get(RULE);
    String now = table.spec().rule().getClass().getSimpleName();
    if (before == null || before.equals(now)) {
      return;
    }
    if (!OF_EVENTS.contains(before) || !OF_EVENTS.contains(now)) {
      rebuilds.add(changed("rule", before, now));
    }
  }
}
