package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** Where a snapshot begins: behind nothing that it could not see. */
public final class SettledPositionIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static final String GTID = "3e11fa47-71ca-11e1-9e33-c80aa9429562:";

  private Source source;

  @Before
  public void begin() throws SQLException {
    MYSQL.startEmpty();
    MYSQL.run("CREATE TABLE orders (id INT PRIMARY KEY)");
    source = MYSQL.source();
  }

  @Test
  public void waitsUntilWhatIsBetweenTheLogAndTheTablesIsCommitted() throws Exception {
    try (Connection other = Connections.open(MYSQL.administrator(source.database()));
        Connection connection = Connections.open(source)) {
      BinlogPosition before = BinlogPosition.settled(source, connection);
      // A commit cannot be held up without a replica; to the server this is no different.
      run(other, "SET SESSION transaction_read_only = OFF");
      run(other, "SET gtid_next = '" + GTID + "1'", "BEGIN", "INSERT INTO orders VALUES (1)");
      SourceException refused =
          assertThrows(
              SourceException.class,
              () -> BinlogPosition.settled(source, connection, Duration.ZERO));
      assertThat(refused.getMessage(), containsString("the transactions " + GTID + "1 have not"));

      CompletableFuture<BinlogPosition> settled =
          CompletableFuture.supplyAsync(() -> BinlogPosition.settled(source, connection));
      run(other, "COMMIT", "SET gtid_next = 'AUTOMATIC'");
      settled.join();
      BinlogPosition after = BinlogPosition.settled(source, connection);
      assertThat(after.position(), greaterThan(before.position()));
      assertThat(after.gtidSet(), containsString(GTID + "1"));
    }
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
