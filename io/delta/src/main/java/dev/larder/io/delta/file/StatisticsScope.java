package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns of a table that have statistics: those that its property {@value #NAMED} names, else
 * the first {@value #INDEXED_COLUMNS} or as many as {@value #NUMBER} says (all, if negative).
 * Counted are leaves: fields of structs; an array or a map is one.
 *
 * <p><b>Source</b>: delta-spark's {@code StatisticsCollection}.
 */
public final class StatisticsScope {
  /** For a table whose properties say nothing of statistics. */
  public static final StatisticsScope DEFAULT = of(Map.of());

  static final int INDEXED_COLUMNS = 32;
  private static final String NUMBER = "delta.dataSkippingNumIndexedCols";
  private static final String NAMED = "delta.dataSkippingStatsColumns";
  private static final Pattern NAME = Pattern.compile("((?:`(?:[^`]|``)*`|[^,`])+)");

  private final int limit;
  private final Set<String> names;

  private StatisticsScope(int limit, Set<String> names) {
    this.limit = limit;
    this.names = names;
  }

  /**
   * @param properties of the table; a number that is none counts as absent
   */
  public static StatisticsScope of(Map<String, String> properties) {
    if (properties.containsKey(NAMED)) {
      return new StatisticsScope(0, names(properties.get(NAMED)));
    }
    String number = properties.getOrDefault(NUMBER, "").trim();
    int limit = number.matches("-?\\d{1,9}") ? Integer.parseInt(number) : INDEXED_COLUMNS;
    return new StatisticsScope(limit < 0 ? Integer.MAX_VALUE : limit, null);
  }

  private static Set<String> names(String list) {
    Set<String> names = new HashSet<>();
    Matcher name = NAME.matcher(list);
    while (name.find()) {
      String plain = name.group(1).trim().replace("``", "\0").replace("`", "").replace("\0", "`");
      names.add(plain.toLowerCase(Locale.ROOT));
    }
    return names;
  }

  /** The leaves of a schema that have statistics, each by its {@link #path}. */
  Set<String> leaves(RowSchema schema) {
    Set<String> leaves = new HashSet<>();
    add(schema, List.of(), names == null, leaves);
    return leaves;
  }

  private void add(RowSchema schema, List<String> around, boolean wanted, Set<String> leaves) {
    for (Column column : schema.columns()) {
      List<String> path = inside(around, column.name());
      boolean named = wanted || names.contains(String.join(".", path).toLowerCase(Locale.ROOT));
      if (column.type().kind() == Kind.STRUCT) {
        add(column.type().fields(), path, named, leaves);
      } else if (named && (names != null || leaves.size() < limit)) {
        leaves.add(path(path));
      }
    }
  }

  static List<String> inside(List<String> around, String name) {
    List<String> path = new ArrayList<>(around);
    path.add(name);
    return path;
  }

  /**
   * A column's name after those of the structs around it; a dot would not do: names may hold it.
   */
  static String path(List<String> names) {
    return String.join("\0", names);
  }

  @Override
  public String toString() {
    return names == null ? "the first " + limit + " columns" : "columns " + List.copyOf(names);
  }
}
