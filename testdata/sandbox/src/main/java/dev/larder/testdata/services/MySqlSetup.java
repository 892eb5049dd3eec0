package dev.larder.testdata.services;

import java.util.ArrayList;
import java.util.List;

/**
 * What a MySQL server of the sandbox is to be.
 *
 * @param name the server's name in the sandbox, and in Larder the source's ({@code pos})
 * @param databases created empty on the first start; the users may use these and no others
 * @param flags more options of {@code mysqld}, after the sandbox's own and therefore stronger
 */
public record MySqlSetup(String name, List<String> databases, List<String> flags) {

  public MySqlSetup {
    databases = List.copyOf(databases);
    flags = List.copyOf(flags);
  }

  /** A server with one database of the same name. */
  public static MySqlSetup named(String name) {
    return new MySqlSetup(name, List.of(name), List.of());
  }

  public MySqlSetup withDatabase(String database) {
    return new MySqlSetup(name, and(databases, database), flags);
  }

  /** For example {@code --binlog-format=STATEMENT}. */
  public MySqlSetup withFlag(String flag) {
    return new MySqlSetup(name, databases, and(flags, flag));
  }

  private static List<String> and(List<String> list, String more) {
    List<String> longer = new ArrayList<>(list);
    longer.add(more);
    return longer;
  }
}
