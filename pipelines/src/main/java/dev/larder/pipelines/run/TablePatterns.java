package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.UserException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Chooses tables by patterns, in which {@code *} stands for any characters and {@code ?} for one:
 * {@code pos.orders}, {@code pos.order*}, {@code *.log_????}. Pure.
 */
final class TablePatterns {

  private TablePatterns() {}

  /**
   * The tables that a pattern includes and none excludes, in the order of those that are there.
   *
   * @param include null or empty for all
   * @param exclude null or empty for none
   * @throws UserException if a pattern to include fits no table, or none is left
   */
  static List<TableId> choose(
      Collection<TableId> tables, List<String> include, List<String> exclude) {
    List<Pattern> wanted = patterns(include);
    List<Pattern> unwanted = patterns(exclude);
    for (int i = 0; i < wanted.size(); i++) {
      Pattern pattern = wanted.get(i);
      if (tables.stream().noneMatch(table -> fits(pattern, table))) {
        throw new UserException(
            String.format(
                "--tables=%s: the model has no such table. Its tables: %s.",
                include.get(i), names(tables)));
      }
    }
    List<TableId> chosen = new ArrayList<>();
    for (TableId table : tables) {
      boolean isWanted =
          wanted.isEmpty() || wanted.stream().anyMatch(pattern -> fits(pattern, table));
      if (isWanted && unwanted.stream().noneMatch(pattern -> fits(pattern, table))) {
        chosen.add(table);
      }
    }
    if (chosen.isEmpty()) {
      throw new UserException(
          String.format(
              "--exclude=%s leaves no table. The model's tables: %s.",
              String.join(",", exclude), names(tables)));
    }
    return chosen;
  }

  private static List<Pattern> patterns(List<String> texts) {
    return texts == null ? List.of() : texts.stream().map(TablePatterns::pattern).toList();
  }

  private static Pattern pattern(String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }

  private static boolean fits(Pattern pattern, TableId table) {
    return pattern.matcher(table.toString()).matches();
  }

  private static String names(Collection<TableId> tables) {
    return tables.stream().map(TableId::toString).collect(Collectors.joining(", "));
  }
}
