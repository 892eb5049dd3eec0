package dev.larder.testdata.binlog;

import dev.larder.testdata.services.MySqlServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * What truly happened to the rows of a database: a consistent read, and every change of the log
 * behind it.
 *
 * <p><b>Guarantees</b>: it has been proved on itself. Each change found the row that the changes
 * before it had left, and after the last one the rows are those of a second consistent read.
 */
public final class Replay {
  private final TrueState start;
  private final List<RowChange> changes;

  private Replay(TrueState start, List<RowChange> changes) {
    this.start = start;
    this.changes = changes;
  }

  /**
   * Reads the log from a consistent read to its end and proves it. Nobody may write meanwhile.
   *
   * @throws IllegalStateException if log and rows contradict each other
   */
  public static Replay since(TrueState start, MySqlServer server) throws IOException, SQLException {
    Replay replay = new Replay(start, BinlogReader.changesSince(start, server));
    TrueState end = TrueState.read(server, start.database());
    for (SourceTable table : start.tables().keySet()) {
      List<List<String>> told = end.tables().get(table);
      if (told == null || !isSame(told, table, replay.at(table, end.place()))) {
        throw new IllegalStateException(
            table.name()
                + ": the rows after the last change of the log are not those at "
                + end.place());
      }
    }
    return replay;
  }

  private static boolean isSame(
      List<List<String>> told, SourceTable table, Map<List<String>, List<String>> replayed) {
    return told.size() == replayed.size()
        && told.stream().allMatch(row -> row.equals(replayed.remove(table.key(row))));
  }

  /**
   * The same with some changes told otherwise, or not at all (null): what is compared with it must
   * be found different.
   */
  public Replay retold(UnaryOperator<RowChange> otherwise) {
    return new Replay(start, changes.stream().map(otherwise).filter(Objects::nonNull).toList());
  }

  /** The tables of the database. */
  public List<SourceTable> tables() {
    return List.copyOf(start.tables().keySet());
  }

  /**
   * @throws IllegalArgumentException if there is none of this name
   */
  public SourceTable table(String name) {
    return tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no table " + name));
  }

  /** The rows of a table by primary key as they were when the log stood at a place. */
  public Map<List<String>, List<String>> at(SourceTable table, BinlogPlace place) {
    Map<List<String>, List<String>> rows = new LinkedHashMap<>();
    start.tables().get(table).forEach(row -> rows.put(table.key(row), row));
    for (RowChange change : changes) {
      if (change.table().equals(table.name()) && change.place().compareTo(place) < 0) {
        apply(change, table, rows);
      }
    }
    return rows;
  }

  private static void apply(
      RowChange change, SourceTable table, Map<List<String>, List<String>> rows) {
    if (change.isTruncate()) {
      rows.clear();
      return;
    }
    if (change.before() != null) {
      List<String> was = rows.remove(table.key(change.before()));
      if (!change.before().equals(was)) {
        throw contradiction(change, was);
      }
    }
    if (change.after() != null) {
      List<String> other = rows.put(table.key(change.after()), change.after());
      if (other != null) {
        throw contradiction(change, other);
      }
    }
  }

  private static IllegalStateException contradiction(RowChange change, List<String> was) {
    return new IllegalStateException("the row was " + was + " when the log says " + change);
  }

  /** The changes of a table since the consistent read, in the order of the log. */
  public List<RowChange> changes(SourceTable table) {
    return changes(table, start.place());
  }

  /** The changes of a table from a place on, in the order of the log. */
  public List<RowChange> changes(SourceTable table, BinlogPlace from) {
    return changes.stream()
        .filter(change -> change.table().equals(table.name()))
        .filter(change -> change.place().compareTo(from) >= 0)
        .toList();
  }

  /**
   * All versions of each row from a place on: the row as it was then, if it was, and what each
   * change made of it (null where it ended).
   */
  public Map<List<String>, List<List<String>>> versions(SourceTable table, BinlogPlace from) {
    Map<List<String>, List<List<String>>> versions = new HashMap<>();
    at(table, from).forEach((key, row) -> add(versions, key, row));
    for (RowChange change : changes(table, from)) {
      if (change.isTruncate()) {
        versions.values().stream()
            .filter(of -> of.get(of.size() - 1) != null)
            .forEach(of -> of.add(null));
      } else {
        List<String> old = change.before() == null ? null : table.key(change.before());
        List<String> now = change.after() == null ? null : table.key(change.after());
        if (old != null && !old.equals(now)) {
          add(versions, old, null);
        }
        if (now != null) {
          add(versions, now, change.after());
        }
      }
    }
    return versions;
  }

  private static void add(
      Map<List<String>, List<List<String>>> versions, List<String> key, List<String> row) {
    versions.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
  }
}
