package dev.larder.io.jdbc;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Whether a source is still as it was when a snapshot of it began at P0, so that the snapshot can
 * be gone on with and joined to the log. Each check refuses with what, where and the remedy;
 * together they are:
 *
 * <ul>
 *   <li>the log behind P0 is still there ({@link #requireLog});
 *   <li>every column that is read is there, and of its type ({@link #requireTables});
 *   <li>no table was dropped, made anew or truncated, which the log does not tell row by row
 *       ({@link #requireRows});
 *   <li>no table was altered before somebody followed the log, who would misread what was written
 *       before ({@link #requireNoStatement});
 *   <li>the server's clock has not gone back ({@link #requireClock}).
 * </ul>
 *
 * <p><b>Cost</b>: some queries to the catalogue for any number of tables. Only where a table was
 * made anew since P0 is the log looked through.
 */
public final class SourceWatch {
  private static final long MICROS_PER_SECOND = 1_000_000;

  private final Source source;
  private final BinlogPosition start;
  private final Collection<TableSchema> tables;
  private long latestTime;

  /**
   * @param start P0
   * @param tables those of this source that the snapshot reads, with the columns that it reads
   */
  public SourceWatch(Source source, BinlogPosition start, Collection<TableSchema> tables) {
    this.source = source;
    this.start = start;
    this.tables = List.copyOf(tables);
    this.latestTime = start.recordedAt();
  }

  /**
   * @param file where whoever follows the log stands: P0, or further on
   * @throws SourceException if the log behind it was purged
   */
  public void requireLog(String file, long position) {
    use(
        "telling its binlog files",
        connection -> {
          BinlogFiles files = BinlogFiles.of(connection);
          if (!files.hold(file, position)) {
            throw WatchErrors.purged(source, start, file + ":" + position, files);
          }
        });
  }

  /**
   * @throws SourceException if a table is not what it was when the snapshot was planned
   */
  public void requireTables() {
    use(
        "reading its catalogue",
        connection -> {
          List<String> names = tables.stream().map(table -> table.id().table()).toList();
          Map<TableId, TableSchema> now = Catalogue.read(source, connection, names).tables();
          for (TableSchema table : tables) {
            TableSchema found = now.get(table.id());
            if (found == null) {
              throw WatchErrors.gone(source, table.id());
            }
            List<String> differences = differences(table, found);
            if (!differences.isEmpty()) {
              throw WatchErrors.altered(source, table.id(), differences);
            }
          }
        });
  }

  /**
   * @throws SourceException if a table was dropped, made anew or truncated since P0
   */
  public void requireRows() {
    List<String> names = tables.stream().map(table -> table.id().table()).toList();
    use("reading its catalogue", connection -> requireRows(connection, names));
  }

  private static List<String> differences(TableSchema planned, TableSchema found) {
    List<String> differences = new ArrayList<>();
    for (Column column : planned.columns().columns()) {
      int position = found.columns().find(column.name());
      if (position < 0) {
        differences.add(
            (planned.key().contains(column.name()) ? "key column " : "column ")
                + column.name()
                + " is gone");
      } else if (!found.columns().column(position).type().equals(column.type())) {
        differences.add(
            "column "
                + column.name()
                + " was "
                + column.type()
                + " and is "
                + found.columns().column(position).type());
      }
    }
    return differences;
  }

  /** A table that was created after P0 has lost the rows it had, or was only rebuilt by ALTER. */
  private void requireRows(Connection connection, List<String> names) throws SQLException {
    List<String> made = new ArrayList<>();
    String sql =
        "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND"
            + " UNIX_TIMESTAMP(create_time) > ?"
            + Catalogue.among(names);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, source.database());
      statement.setLong(2, start.recordedAt() / MICROS_PER_SECOND);
      int next = 3;
      for (String name : new TreeSet<>(names)) {
        statement.setString(next++, name);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          made.add(rows.getString(1));
        }
      }
    }
    if (!made.isEmpty()) {
      find(connection, SchemaStatements.losingRows(source.database(), made))
          .ifPresent(
              statement -> {
                throw WatchErrors.rowsLost(source, start, statement);
              });
    }
  }

  /**
   * @throws NotReadyException if a table was altered in the log behind P0
   */
  public void requireNoStatement() {
    List<String> names = tables.stream().map(table -> table.id().table()).toList();
    use(
        "looking through its binlog",
        connection ->
            find(connection, SchemaStatements.all(source.database(), names))
                .ifPresent(
                    statement -> {
                      throw WatchErrors.alteredBeforeFollowed(source, start, statement);
                    }));
  }

  private Optional<String> find(Connection connection, SchemaStatements statements)
      throws SQLException {
    return BinlogFiles.of(connection).find(start, statements);
  }

  /**
   * @param now where the log stands now
   * @throws NotReadyException if the server's clock stands before a time that it has shown already
   */
  public void requireClock(BinlogPosition now) {
    if (now.recordedAt() < latestTime) {
      throw WatchErrors.clockWentBack(source, latestTime, now.recordedAt());
    }
    latestTime = now.recordedAt();
  }

  private interface Use {
    void of(Connection connection) throws SQLException;
  }

  private void use(String doing, Use use) {
    try (Connection connection = Connections.open(source)) {
      use.of(connection);
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, doing, e);
    }
  }
}
