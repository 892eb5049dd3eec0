package dev.larder.io.kafka.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ServerIdFindingsTest {
  private static final String REMEDY =
      ": the server cuts one off when the other connects. Set another number in one of them.";

  private static Map<String, String> config(String id, String host, String port) {
    return Map.of("database.server.id", id, "database.hostname", host, "database.port", port);
  }

  private static final Map<String, String> OURS = config("7", "db", "3306");

  @Test
  public void aNumberThatAnotherConnectorOfTheServerHasIsNamed() {
    assertThat(
        ServerIdFindings.among("pos", OURS, Map.of("pos", OURS, "legacy", OURS)),
        contains("database.server.id is 7, and connector legacy has it too" + REMEDY));
  }

  @Test
  public void anAbsentPortIsMySqls() {
    Map<String, String> other = Map.of("database.server.id", "7", "database.hostname", "db");

    assertThat(ServerIdFindings.among("pos", OURS, Map.of("other", other)).size(), is(1));
  }

  @Test
  public void otherServersAndOtherNumbersAreNoConflict() {
    Map<String, Map<String, String>> others =
        Map.of(
            "pos", OURS,
            "elsewhere", config("7", "db2", "3306"),
            "beside", config("7", "db", "3307"),
            "sink", Map.of("topics", "a"),
            "erp", config("8", "db", "3306"));

    assertThat(ServerIdFindings.among("pos", OURS, others), is(empty()));
  }

  @Test
  public void theServersOwnNumberAndThatOfAReplicaAreNamed() {
    assertThat(
        ServerIdFindings.ofServer(OURS, 7),
        contains("database.server.id is 7, and it is the server's own server_id" + REMEDY));
    assertThat(ServerIdFindings.ofServer(OURS, 1), is(empty()));
    assertThat(
        ServerIdFindings.ofReplicas(OURS, List.of(3L, 7L)),
        contains(
            "database.server.id is 7, and a replica of the server has it (SHOW REPLICAS)"
                + REMEDY));
    assertThat(ServerIdFindings.ofReplicas(OURS, List.of(3L)), is(empty()));
  }
}
