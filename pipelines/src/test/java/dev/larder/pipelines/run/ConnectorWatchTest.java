package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.sun.net.httpserver.HttpServer;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.status.StreamFigures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;

/** Against a server that answers as Connect does. */
public class ConnectorWatchTest {
  private static final String NAME = "larder-pos";
  private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

  private final AtomicReference<String> task = new AtomicReference<>("RUNNING");
  private final AtomicInteger restarts = new AtomicInteger();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final StreamFigures figures = new StreamFigures(START);
  private HttpServer server;
  private ConnectorWatch watch;

  @Before
  public void startServer() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/connectors/" + NAME,
        exchange -> {
          boolean isRestart = exchange.getRequestURI().getPath().endsWith("/restart");
          if (isRestart) {
            restarts.incrementAndGet();
          }
          byte[] body =
              """
              {"name": "larder-pos", "connector": {"state": "RUNNING"}, "tasks": [
                {"id": 0, "state": "%s", "trace": "x\\nCaused by: no binlog"}]}
              """
                  .formatted(task.get())
                  .getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.sendResponseHeaders(isRestart ? 202 : 200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    watch =
        new ConnectorWatch(
            ConnectClient.at("http://localhost:" + server.getAddress().getPort()),
            List.of(NAME),
            figures,
            new Console(new PrintStream(said, true, StandardCharsets.UTF_8), false));
  }

  @After
  public void stopServer() {
    watch.close();
    server.stop(0);
  }

  @Test
  public void restartsWhatHasFailedWithPausesAndSaysSo() {
    task.set("FAILED");
    watch.look(START);
    watch.look(START.plusSeconds(3));
    watch.look(START.plusSeconds(6));
    watch.look(START.plusSeconds(9));

    assertThat(restarts.get(), is(2));
    assertThat(
        said.toString(StandardCharsets.UTF_8),
        containsString(
            "Connector larder-pos has failed (no binlog) and is restarted; the next attempt is 5 s"
                + " away."));
    assertThat(
        figures.view(START).problem(),
        is(Optional.of("connector larder-pos has failed: no binlog")));
    assertThat(figures.view(START).connectors().get(NAME), is(false));
  }

  @Test
  public void leavesAloneWhatRunsOrWasPaused() {
    for (String state : List.of("RUNNING", "PAUSED")) {
      task.set(state);
      watch.look(START);
    }

    assertThat(restarts.get(), is(0));
    assertThat(figures.view(START).problem(), is(Optional.empty()));
  }

  @Test
  public void isWellAgainOnceItRuns() {
    task.set("FAILED");
    watch.look(START);
    task.set("RUNNING");
    watch.look(START.plusSeconds(3));

    assertThat(figures.view(START).problem(), is(Optional.empty()));
    assertThat(figures.view(START).connectors().get(NAME), is(true));
  }

  @Test
  public void aWorkerThatIsAwayIsSaidOnce() {
    server.stop(0);
    watch.look(START);
    watch.look(START.plusSeconds(3));

    String text = said.toString(StandardCharsets.UTF_8);
    assertThat(text.lines().count(), is(1L));
    assertThat(text, containsString("The stream goes on with what Kafka has."));
    assertThat(figures.view(START).problem().isPresent(), is(true));
  }
}
