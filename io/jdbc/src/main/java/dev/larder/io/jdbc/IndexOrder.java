package dev.larder.io.jdbc;

import dev.larder.io.changes.TableSchema;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The order of a table's index, as questions to the server tell it. Every place is a key that the
 * server found, and the server said that it lies between its neighbours: nothing is compared here.
 *
 * <p><b>Cost</b>: a place takes two to five questions, each of which descends the index a few times
 * and reads one entry; how many rows lie between two places is the optimizer's estimate (EXPLAIN),
 * which reads some twenty pages at the most. Where that estimate is ambiguous rows are counted: at
 * the most 200,000 and a twentieth of the table.
 */
final class IndexOrder implements EvenParts.Order<IndexOrder.Place> {
  private static final double PAGE_BYTES = 16_384;
  private static final int MOST_LETTERS = 300;
  private static final int MOST_LETTERS_DEEP = 8;
  private static final int MOST_ENTRIES_SKIPPED = 10_000;
  // InnoDB counts the rows of up to ten pages, and doubles what it extrapolates beyond, which is
  // wrong by a fourth where pages are filled unevenly. Rows are counted where it may have done
  // either. How many a page holds is known by a sample alone: half as many may be as well.
  private static final int CERTAIN_PAGES = 4;
  private static final int UNCERTAIN_PAGES = 100;
  private static final int LIKELY_PAGES = 14;
  private static final int MOST_COUNTED = 200_000;
  private static final int MOST_COUNTED_PART = 20;

  /**
   * Before the rows whose leading columns have certain values.
   *
   * @param key the first key at or behind the place, as selected; null where a column is NULL
   */
  record Place(KeyBound bound, List<String> key) {}

  private final Statement statement;
  private final KeyIndex index;
  private final String table;
  private final double rowsPerPage;
  private long mayCount;
  private final String selected;
  private final Set<Integer> letters = new TreeSet<>();
  private List<String> first;
  private List<String> last;

  /**
   * @param part of the table: the whole, without a name, or one of its partitions
   */
  IndexOrder(Statement statement, TableSchema table, KeyIndex index, Catalogue.Partition part) {
    this.statement = statement;
    this.index = index;
    this.table =
        " FROM "
            + Sql.name(table.id().table())
            + (part.name() == null ? "" : " PARTITION (" + Sql.name(part.name()) + ")")
            + index.forced();
    this.rowsPerPage = Math.max(1, part.rows() * PAGE_BYTES / Math.max(PAGE_BYTES, part.bytes()));
    this.mayCount = MOST_COUNTED + part.rows() / MOST_COUNTED_PART;
    this.selected =
        index.columns().stream().map(KeyColumn::selected).collect(Collectors.joining(", "));
    for (int letter = ' '; letter <= '~'; letter++) {
      letters.add(letter);
    }
  }

  @Override
  public EvenParts.Halves rows(Place from, Place middle, Place to) throws SQLException {
    List<String> conditions =
        List.of(range(from, middle).condition(), range(middle, to).condition());
    List<Long> rows = estimated(conditions);
    for (int i = 0; i < rows.size(); i++) {
      long estimate = rows.get(i);
      boolean isCertain = estimate <= CERTAIN_PAGES * rowsPerPage;
      boolean isDoubled = estimate > UNCERTAIN_PAGES * rowsPerPage;
      if (!isCertain && !isDoubled && estimate <= mayCount) {
        mayCount -= estimate;
        rows.set(i, counted(conditions.get(i)));
      } else if (estimate > LIKELY_PAGES * rowsPerPage) {
        rows.set(i, estimate / 2);
      }
    }
    return new EvenParts.Halves(rows.get(0), rows.get(1));
  }

  /** The optimizer's estimates, by one question: a union has a step for each of its parts. */
  private List<Long> estimated(List<String> conditions) throws SQLException {
    String union =
        conditions.stream()
            .map(condition -> "SELECT 1" + table + " WHERE " + condition)
            .collect(Collectors.joining(" UNION ALL "));
    List<Long> rows = new ArrayList<>();
    try (ResultSet steps = statement.executeQuery("EXPLAIN " + union)) {
      while (steps.next() && rows.size() < conditions.size()) {
        rows.add(steps.getLong("rows"));
      }
    }
    while (rows.size() < conditions.size()) {
      rows.add(0L);
    }
    return rows;
  }

  private KeyRange range(Place from, Place to) {
    return new KeyRange(index, from == null ? null : from.bound(), to == null ? null : to.bound());
  }

  @Override
  public Place between(Place from, Place to, long rows) throws SQLException {
    List<String> low = from == null ? first() : from.key();
    List<String> high = to == null ? last() : to.key();
    if (low == null || high == null) {
      return null;
    }
    boolean isHighThere = to == null;
    for (int column = 0; column < index.columns().size(); column++) {
      String prefix = equal(low, column);
      boolean isOneValue = low.subList(0, column).equals(high.subList(0, column));
      if (!isOneValue) {
        high = lastOf(prefix).orElse(low);
        isHighThere = true;
      }
      boolean mayCutAtHigh = isHighThere || to == null || to.bound().literals().size() > column + 1;
      List<String> found = found(low, high, column, mayCutAtHigh, to);
      if (found == null && !isHighThere) {
        // Whatever is there may lie far below the end: begin from the last key before it.
        high = lastOf(range(from, to).condition()).orElse(low);
        isHighThere = true;
        found = found(low, high, column, true, to);
      }
      if (found != null) {
        return place(found, column + 1);
      }
    }
    return skipped(from, to, rows);
  }

  /** The first key that is in the upper half by this column; null if there is none. */
  private List<String> found(
      List<String> low, List<String> high, int column, boolean mayCutAtHigh, Place to)
      throws SQLException {
    KeyColumn by = index.columns().get(column);
    String name = Sql.name(by.name());
    String lower = low.get(column);
    String upper = high.get(column);
    if (upper == null || upper.equals(lower)) {
      return null;
    }
    List<String> conditions = new ArrayList<>();
    if (column > 0) {
      conditions.add(equal(low, column));
    }
    if (lower == null) {
      conditions.add(name + " IS NOT NULL");
    } else {
      String proposal = proposal(by, lower, upper);
      if (proposal == null && !mayCutAtHigh) {
        return null;
      }
      conditions.add(name + " > " + by.literal(lower));
      conditions.add(name + " >= " + by.literal(proposal == null ? upper : proposal));
    }
    if (to != null) {
      conditions.add(range(null, to).condition());
    }
    return key(String.join(" AND ", conditions), index.orderBy(), 0).orElse(null);
  }

  private String equal(List<String> key, int columns) {
    List<String> conditions = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      KeyColumn column = index.columns().get(i);
      String name = Sql.name(column.name());
      conditions.add(
          key.get(i) == null ? name + " IS NULL" : name + " = " + column.literal(key.get(i)));
    }
    return String.join(" AND ", conditions);
  }

  private String proposal(KeyColumn by, String lower, String upper) throws SQLException {
    return by.form() == KeyForm.TEXT
        ? letter(by, lower, upper)
        : Middle.between(by.form(), lower, upper).orElse(null);
  }

  /** Of the texts that differ from the lower one in one letter, the middle one. */
  private String letter(KeyColumn by, String lower, String upper) throws SQLException {
    String low = text(by, lower);
    String high = text(by, upper);
    for (int deep = 0; deep < MOST_LETTERS_DEEP; deep++) {
      List<String> proposals = Middle.texts(low, high, deep, letters);
      if (proposals.isEmpty()) {
        return null;
      }
      String texts =
          proposals.stream()
              .map(text -> "SELECT " + by.converted(text) + " AS c")
              .collect(Collectors.joining(" UNION ALL "));
      List<String> between = new ArrayList<>();
      try (ResultSet found =
          statement.executeQuery(
              "SELECT HEX(c) FROM ("
                  + texts
                  + ") proposals WHERE c > "
                  + by.literal(lower)
                  + " AND c < "
                  + by.literal(upper)
                  + " ORDER BY c")) {
        while (found.next()) {
          between.add(found.getString(1));
        }
      }
      if (!between.isEmpty()) {
        return between.get(between.size() / 2);
      }
    }
    return null;
  }

  /** The text whose bytes, in the column's character set, are these. */
  private String text(KeyColumn by, String hex) throws SQLException {
    String text = by.charset().startsWith("utf8") ? utf8(hex) : converted(by, hex);
    if (letters.size() < MOST_LETTERS) {
      text.codePoints().forEach(letters::add);
    }
    return text;
  }

  private static String utf8(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
  }

  private String converted(KeyColumn by, String hex) throws SQLException {
    String sql = "SELECT HEX(CONVERT(_" + by.charset() + " X'" + hex + "' USING utf8mb4))";
    try (ResultSet converted = statement.executeQuery(sql)) {
      converted.next();
      return utf8(converted.getString(1));
    }
  }

  /** Where nothing can be proposed: some entries further, which have to be read. */
  private Place skipped(Place from, Place to, long rows) throws SQLException {
    long entries = Math.min(rows / 2, MOST_ENTRIES_SKIPPED);
    if (entries < 1) {
      return null;
    }
    KeyRange range = range(from, to);
    return key(range.condition(), index.orderBy(), entries)
        .map(key -> place(key, index.columns().size()))
        .orElse(null);
  }

  /**
   * Walks along the whole index, which reads every entry once.
   *
   * @param entries that lie between two places
   * @param most places that are wanted
   * @return ascending parts of so many rows, the last with fewer; empty if there are more than
   *     wanted, or more rows at one place
   */
  List<EvenParts.Part<Place>> walked(long entries, int most) throws SQLException {
    List<EvenParts.Part<Place>> parts = new ArrayList<>();
    Place from = null;
    while (parts.size() < most) {
      String condition = range(from, null).condition();
      List<String> key = key(condition, index.orderBy(), entries).orElse(null);
      if (key == null) {
        parts.add(new EvenParts.Part<>(from, null, counted(condition)));
        return parts;
      }
      Place to = place(key, index.columns().size());
      if (to == null || (from != null && to.bound().equals(from.bound()))) {
        break;
      }
      parts.add(new EvenParts.Part<>(from, to, entries));
      from = to;
    }
    return List.of();
  }

  private long counted(String condition) throws SQLException {
    String sql = "SELECT COUNT(*)" + table + (condition.isEmpty() ? "" : " WHERE " + condition);
    try (ResultSet count = statement.executeQuery(sql)) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Before the rows with the first columns of a key; null if all of these are NULL. */
  private Place place(List<String> key, int columns) {
    int last = columns - 1;
    while (last >= 0 && key.get(last) == null) {
      last--; // nothing stands before the rows without a value
    }
    List<String> literals = new ArrayList<>();
    for (int i = 0; i <= last; i++) {
      String value = key.get(i);
      literals.add(value == null ? KeyBound.NULL : index.columns().get(i).literal(value));
    }
    return literals.isEmpty() ? null : new Place(KeyBound.before(literals), key);
  }

  private List<String> first() throws SQLException {
    if (first == null) {
      first = key("", index.orderBy(), 0).orElse(null);
    }
    return first;
  }

  private List<String> last() throws SQLException {
    if (last == null) {
      last = lastOf("").orElse(null);
    }
    return last;
  }

  private Optional<List<String>> lastOf(String condition) throws SQLException {
    return key(condition, index.orderByDescending(), 0);
  }

  private Optional<List<String>> key(String condition, String order, long skipped)
      throws SQLException {
    String sql =
        "SELECT "
            + selected
            + table
            + (condition.isEmpty() ? "" : " WHERE " + condition)
            + " ORDER BY "
            + order
            + " LIMIT 1"
            + (skipped == 0 ? "" : " OFFSET " + skipped);
    try (ResultSet keys = statement.executeQuery(sql)) {
      if (!keys.next()) {
        return Optional.empty();
      }
      List<String> key = new ArrayList<>();
      for (int i = 1; i <= index.columns().size(); i++) {
        key.add(keys.getString(i));
      }
      return Optional.of(key);
    }
  }
}
