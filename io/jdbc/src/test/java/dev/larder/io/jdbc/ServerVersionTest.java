package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.Test;

public final class ServerVersionTest {

  @Test
  public void asksEachServerInItsOwnWords() {
    assertThat(status("8.0.31"), is("SHOW MASTER STATUS"));
    assertThat(status("8.1.0"), is("SHOW MASTER STATUS"));
    assertThat(status("8.2.0"), is("SHOW BINARY LOG STATUS"));
    assertThat(status("9.4.0-commercial"), is("SHOW BINARY LOG STATUS"));
    assertThat(status("11.4.2-MariaDB-log"), is("SHOW MASTER STATUS"));
    assertThat(replicas("5.7.44-log"), is("SHOW SLAVE HOSTS"));
    assertThat(replicas("8.0.21"), is("SHOW SLAVE HOSTS"));
    assertThat(replicas("8.0.22"), is("SHOW REPLICAS"));
    assertThat(replicas("8.4.0"), is("SHOW REPLICAS"));
    assertThat(replicas("unknown"), is("SHOW SLAVE HOSTS"));
  }

  private static String status(String version) {
    return ServerVersion.parse(version).binlogStatusSql();
  }

  private static String replicas(String version) {
    return ServerVersion.parse(version).replicasSql();
  }
}
