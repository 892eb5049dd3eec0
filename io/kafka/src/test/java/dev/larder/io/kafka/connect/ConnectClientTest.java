package dev.larder.io.kafka.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.SourceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

public class ConnectClientTest {
  private record Reply(int status, String body) {}

  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private String url;
  private ConnectClient client;

  @Before
  public void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
    client = ConnectClient.at(url + "/");
  }

  @After
  public void stop() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        exchange.getRequestMethod()
            + " "
            + exchange.getRequestURI()
            + (body.isEmpty() ? "" : " " + body));
    Reply reply = replies.size() > 1 ? replies.pop() : replies.peek();
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  public void startsAConnectorAtAGivenPlace() {
    replies.add(new Reply(201, "{}"));

    client.createStopped("larder-pos", Map.of("tasks.max", "1"));
    client.seedOffset("larder-pos", new SourceOffset("pos", "binlog.000003", 157, "a:1-\n4"));
    client.resume("larder-pos");

    assertThat(
        requests,
        is(
            List.of(
                "POST /connectors {\"name\":\"larder-pos\",\"initial_state\":\"STOPPED\","
                    + "\"config\":{\"tasks.max\":\"1\"}}",
                "PATCH /connectors/larder-pos/offsets {\"offsets\":[{\"partition\":"
                    + "{\"server\":\"pos\"},\"offset\":{\"file\":\"binlog.000003\",\"pos\":157,"
                    + "\"gtids\":\"a:1-4\"}}]}",
                "PUT /connectors/larder-pos/resume")));
  }

  @Test
  public void saysWhatConnectRefusedAndNeverTheConfiguration() {
    replies.add(
        new Reply(
            400,
            "{\"error_code\":400,\"message\":\"Connector configuration is invalid: Unable to"
                + " connect\"}"));

    SourceException error =
        assertThrows(
            SourceException.class,
            () -> client.createStopped("larder-pos", Map.of("database.password", "secret")));

    assertThat(
        error.getMessage(),
        is(
            "Kafka Connect refused: POST "
                + url
                + "/connectors answered 400: Connector configuration is invalid: Unable to connect"
                + " Mend the connector's configuration; each error names its setting."));
  }

  @Test
  public void waitsWhileTheWorkersRebalance() {
    replies.add(
        new Reply(409, "{\"message\":\"Cannot complete request: a rebalance is expected\"}"));
    replies.add(new Reply(202, ""));

    client.stop("larder-pos");

    assertThat(requests.size(), is(2));
  }

  /** What a worker answers to the request that comes on the heels of a connector's creation. */
  @Test
  public void waitsWhileTheWorkerTakesInAChange() {
    String stale =
        "{\"message\":\"Cannot complete request momentarily due to stale configuration (typically"
            + " caused by a concurrent config change)\"}";
    replies.add(new Reply(409, stale));
    replies.add(new Reply(200, "[\"larder-pos\"]"));
    replies.add(new Reply(409, stale));
    replies.add(new Reply(200, "{\"tasks.max\":\"1\"}"));

    assertThat(client.connectors(), is(List.of("larder-pos")));
    assertThat(client.config("larder-pos"), is(Optional.of(Map.of("tasks.max", "1"))));
    assertThat(requests.size(), is(4));
  }

  @Test
  public void aConnectorThatIsThereAlreadyIsRefusedAtOnce() {
    replies.add(new Reply(409, "{\"message\":\"Connector larder-pos already exists\"}"));

    SourceException error =
        assertThrows(SourceException.class, () -> client.createStopped("larder-pos", Map.of()));

    assertThat(requests.size(), is(1));
    assertThat(
        error.getMessage(),
        is(
            "Kafka Connect refused: POST "
                + url
                + "/connectors answered 409: Connector larder-pos already exists The worker is"
                + " rebalancing, or a connector of this name is there already: wait, or remove"
                + " it."));
  }

  @Test
  public void readsStatusWithTheCauseOfAFailedTask() {
    replies.add(
        new Reply(
            200,
            "{\"name\":\"larder-pos\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"w\"},"
                + "\"tasks\":[{\"id\":0,\"state\":\"FAILED\",\"worker_id\":\"w\",\"trace\":"
                + "\"org.apache.kafka.connect.errors.ConnectException: Error\\n\\tat a.b\\n"
                + "Caused by: java.sql.SQLException: Access denied for user 'cdc'\\n\\tat c.d\\n\"}]"
                + ",\"type\":\"source\"}"));

    ConnectorStatus status = client.status("larder-pos").orElseThrow();
    SourceException error =
        assertThrows(
            SourceException.class,
            () -> client.await("larder-pos", ConnectorState.RUNNING, Duration.ofSeconds(9)));

    assertThat(status.hasFailed(), is(true));
    assertThat(status.summary(), is("RUNNING, tasks [0: FAILED]"));
    assertThat(
        error.getMessage(),
        is(
            "Connector larder-pos has failed: java.sql.SQLException: Access denied for user 'cdc'."
                + " Mend the cause and restart it; the whole trace is in its status and in the"
                + " worker's log."));
  }

  @Test
  public void givesUpWaitingForAState() {
    replies.add(
        new Reply(200, "{\"connector\":{\"state\":\"RUNNING\"},\"tasks\":[],\"name\":\"x\"}"));

    NotReadyException error =
        assertThrows(
            NotReadyException.class,
            () -> client.await("larder-pos", ConnectorState.RUNNING, Duration.ofMillis(300)));

    assertThat(
        error.getMessage(),
        is(
            "Connector larder-pos was not RUNNING after 0 s; it is RUNNING, tasks []. Look at the"
                + " worker's log."));
  }

  @Test
  public void noConnectorOfTheNameIsNoError() {
    replies.add(new Reply(404, "{\"message\":\"No status found for connector larder-pos\"}"));

    client.delete("larder-pos");

    assertThat(client.status("larder-pos"), is(Optional.empty()));
    assertThat(
        requests, is(List.of("GET /connectors/larder-pos", "GET /connectors/larder-pos/status")));
  }

  @Test
  public void waitsUntilTheWorkerAnswers() {
    replies.add(new Reply(404, ""));
    replies.add(new Reply(503, ""));
    replies.add(new Reply(200, "[]"));

    client.awaitReady(Duration.ofMinutes(2));

    assertThat(requests.size(), is(3));
  }

  @Test
  public void saysThatTheWorkerWasNotReady() {
    replies.add(new Reply(404, ""));

    NotReadyException error =
        assertThrows(NotReadyException.class, () -> client.awaitReady(Duration.ofMillis(300)));

    assertThat(
        error.getMessage(),
        is(
            "Kafka Connect at "
                + url
                + " was not ready after 0 s (it answered 404). A worker takes 20 to 60 s to load"
                + " its plugins; look at its log, and check that it reaches Kafka."));
  }

  @Test
  public void saysThatNobodyAnswers() {
    server.stop(0);

    SourceException error = assertThrows(SourceException.class, () -> client.connectors());

    assertThat(
        error.getMessage(),
        startsWith("Kafka Connect did not answer: GET " + url + "/connectors (ConnectException"));
  }

  @Test
  public void namesThePluginThatIsMissing() {
    replies.add(
        new Reply(
            200,
            "[{\"class\":\"org.apache.kafka.connect.mirror.MirrorSourceConnector\","
                + "\"type\":\"source\"}]"));

    SourceException error =
        assertThrows(SourceException.class, () -> client.requirePlugin(DebeziumConnector.CLASS));

    assertThat(
        error.getMessage(),
        is(
            "Kafka Connect at "
                + url
                + " has no plugin io.debezium.connector.mysql.MySqlConnector. It has"
                + " org.apache.kafka.connect.mirror.MirrorSourceConnector. Put the Debezium"
                + " connector for MySQL, 3.0 or newer, into a folder of the worker's plugin.path"
                + " and restart the worker."));
  }

  @Test
  public void readsWhereAConnectorStands() {
    replies.add(
        new Reply(
            200,
            "{\"offsets\":[{\"partition\":{\"server\":\"pos\"},\"offset\":{\"ts_sec\":1,\"file\":"
                + "\"binlog.000003\",\"pos\":157,\"gtids\":\"a:1-4\"}}]}"));

    assertThat(
        client.offsets("larder-pos"),
        is(List.of(new SourceOffset("pos", "binlog.000003", 157, "a:1-4"))));
  }

  @Test
  public void refusesAnAnswerThatIsNoJson() {
    replies.add(new Reply(200, "<html>"));

    SourceException error = assertThrows(SourceException.class, () -> client.plugins());

    assertThat(
        error.getMessage(),
        is(
            "Kafka Connect answered what it should not: GET "
                + url
                + "/connector-plugins: no JSON. Check that the address is a Connect worker's."));
  }
}
