package dev.larder.testdata.services;

import java.util.ArrayList;
import java.util.List;

/**
 * What a MySQL server of the sandbox is to be.
 *
 * @param name the server's name in the sandbox, and in Larder the source's ({@code pos})
 * @param databases created empty on the first start; the users may use these and no others
 * @param flags more options of {@code mysqld}, after the sandbox's own and therefore stronger
 * @param statements run at each start, behind the sandbox's own; they do not go to the binary log
 */
public record MySqlSetup(
    String name, List<String> databases, List<String> flags, List<String> statements) {
  /** In a database of its own, so that nothing that is captured changes. */
  private static final List<String> PULSE =
      List.of(
          "CREATE DATABASE IF NOT EXISTS pulse",
          "CREATE TABLE IF NOT EXISTS pulse.beats (id INT PRIMARY KEY, at DATETIME(6))",
          "CREATE DEFINER = 'admin'@'%' EVENT IF NOT EXISTS pulse.beat ON SCHEDULE EVERY 1 SECOND"
              + " DO REPLACE INTO pulse.beats VALUES (1, NOW(6))");

  public MySqlSetup {
    databases = List.copyOf(databases);
    flags = List.copyOf(flags);
    statements = List.copyOf(statements);
  }

  /** A server with one database of the same name. */
  public static MySqlSetup named(String name) {
    return new MySqlSetup(name, List.of(name), List.of(), List.of());
  }

  public MySqlSetup withDatabase(String database) {
    return new MySqlSetup(name, and(databases, database), flags, statements);
  }

  /** For example {@code --binlog-format=STATEMENT}. */
  public MySqlSetup withFlag(String flag) {
    return new MySqlSetup(name, databases, and(flags, flag), statements);
  }

  /**
   * Something is committed every second, as on any server that is in use. Debezium says how far it
   * has read with the next event behind it; on a server that is still, that is MySQL's own
   * heartbeat, which comes every 8 s ({@code connect.keep.alive.interval.ms} of 10 s), and whoever
   * waits for the connector waits for that.
   */
  public MySqlSetup withPulse() {
    List<String> more = new ArrayList<>(statements);
    more.addAll(PULSE);
    return new MySqlSetup(name, databases, and(flags, "--event-scheduler=ON"), more);
  }

  private static List<String> and(List<String> list, String more) {
    List<String> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}
