package dev.larder.io.jdbc;

import dev.larder.io.changes.SourceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Under which numbers a server's log is followed.
 *
 * @param server the server's own {@code server_id}
 * @param followers those of the replicas that have registered with it; not all who follow do
 */
public record LogFollowers(long server, List<Long> followers) {

  public LogFollowers {
    followers = List.copyOf(followers);
  }

  /**
   * Asks the server.
   *
   * @throws SourceException if it cannot be reached, or the user lacks REPLICATION SLAVE
   */
  public static LogFollowers of(Source source) {
    try (Connection connection = Connections.open(source);
        Statement statement = connection.createStatement()) {
      long server;
      try (ResultSet row = statement.executeQuery("SELECT @@server_id")) {
        row.next();
        server = row.getLong(1);
      }
      List<Long> followers = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(ServerVersion.of(connection).replicasSql())) {
        while (rows.next()) {
          followers.add(rows.getLong(1));
        }
      }
      return new LogFollowers(server, followers);
    } catch (SQLException e) {
      throw JdbcErrors.refused(source, "telling who follows its log", e);
    }
  }
}
