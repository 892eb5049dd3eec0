package dev.larder.io.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which server this is, where statements differ. */
record ServerVersion(String text, int major, int minor, int patch) {
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  static ServerVersion of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT VERSION()")) {
      rows.next();
      return parse(rows.getString(1));
    }
  }

  static ServerVersion parse(String text) {
    Matcher numbers = NUMBERS.matcher(text);
    return numbers.matches()
        ? new ServerVersion(text, number(numbers, 1), number(numbers, 2), number(numbers, 3))
        : new ServerVersion(text, 0, 0, 0);
  }

  private static int number(Matcher numbers, int group) {
    return Integer.parseInt(numbers.group(group));
  }

  private boolean mariaDb() {
    return text.contains("MariaDB");
  }

  private boolean since(int wantedMajor, int wantedMinor, int wantedPatch) {
    int byMinor = minor != wantedMinor ? minor - wantedMinor : patch - wantedPatch;
    return !mariaDb() && (major != wantedMajor ? major > wantedMajor : byMinor >= 0);
  }

  /** SHOW MASTER STATUS got its new name in MySQL 8.2 and lost the old one in 8.4. */
  String binlogStatusSql() {
    return since(8, 2, 0) ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS";
  }

  /** A statement that needs REPLICATION SLAVE and nothing else. */
  String replicasSql() {
    return since(8, 0, 22) ? "SHOW REPLICAS" : "SHOW SLAVE HOSTS";
  }

  /** SHOW SLAVE STATUS got its new name in MySQL 8.0.22 and lost the old one in 8.4. */
  String replicaStatusSql() {
    return since(8, 0, 22) ? "SHOW REPLICA STATUS" : "SHOW SLAVE STATUS";
  }

  /** The column of {@link #replicaStatusSql} with the seconds a replica is behind. */
  String lagColumn() {
    return since(8, 0, 22) ? "Seconds_Behind_Source" : "Seconds_Behind_Master";
  }
}
