package dev.larder.pipelines.status;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.UserException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.After;
import org.junit.Test;

public class StatusServerTest {
  private final StreamFigures figures = new StreamFigures(Instant.now());
  private final StatusServer server = StatusServer.start(0, figures, Duration.ofMinutes(5));

  @After
  public void close() {
    server.close();
  }

  @Test
  public void figuresAreInPrometheusTextFormat() throws Exception {
    figures.round(Instant.ofEpochMilli(1_700_000_000_500L), Map.of("pos.pos.orders/0", 12L), 1);
    figures.batchDone(100, 5_000, 300, 70_000, 2, 1.5, 0.25);
    figures.batchDone(50, 1_000, 100, 7_000, 0, 0.5, 0.125);
    figures.connector("larder-pos", true);
    figures.connector("larder-\"erp\"", false);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.statusCode(), is(200));
    assertThat(
        answer.headers().firstValue("Content-Type").orElseThrow(),
        is("text/plain; version=0.0.4; charset=utf-8"));
    for (String line :
        new String[] {
          "# HELP larder_stream_lag_records Records that wait in Kafka, by partition.",
          "# TYPE larder_stream_lag_records gauge",
          "larder_stream_lag_records{topic=\"pos.pos.orders\",partition=\"0\"} 12",
          "larder_stream_batches_total 2",
          "larder_stream_records_total 150",
          "larder_stream_bytes_total 6000",
          "larder_stream_rows_total 400",
          "larder_stream_written_bytes_total 77000",
          "larder_stream_dead_letters_total 2",
          "larder_stream_batch_seconds_sum 2",
          "larder_stream_batch_seconds_count 2",
          "larder_stream_last_batch_seconds 0.5",
          "larder_stream_last_commit_seconds 0.125",
          "larder_stream_waiting_snapshots 1",
          "larder_connector_up{connector=\"larder-pos\"} 1",
          "larder_connector_up{connector=\"larder-\\\"erp\\\"\"} 0",
        }) {
      assertThat("\n" + answer.body(), containsString("\n" + line + "\n"));
    }
    assertThat(
        answer.body(),
        containsString("\nlarder_stream_last_round_timestamp_seconds 1.7000000005E9\n"));
  }

  @Test
  public void aStreamThatGoesRoundIsWell() throws Exception {
    figures.round(Instant.now(), Map.of("t/0", 7L), 0);

    HttpResponse<String> answer = get("/health");

    assertThat(answer.statusCode(), is(200));
    JsonNode body = new ObjectMapper().readTree(answer.body());
    assertThat(body.path("status").asText(), is("UP"));
    assertThat(body.path("lag_records").asLong(), is(7L));
  }

  @Test
  public void oneWhoseConnectorHasFailedIsNotUntilItRunsAgain() throws Exception {
    figures.problem("larder-pos", "connector larder-pos has failed: no binlog");

    HttpResponse<String> failed = get("/health");
    figures.mended("larder-pos");

    assertThat(failed.statusCode(), is(503));
    assertThat(failed.body(), containsString("connector larder-pos has failed: no binlog"));
    assertThat(get("/health").statusCode(), is(200));
  }

  @Test
  public void oneThatHangsIsNotWell() {
    Instant start = Instant.parse("2026-11-21T10:00:00Z");
    StreamFigures hanging = new StreamFigures(start);
    hanging.batchBegins(start.plusSeconds(1));
    Instant late = start.plusSeconds(301);

    Health health = Health.of(hanging.view(late), late, Duration.ofMinutes(5));

    assertThat(health.isWell(), is(false));
    assertThat(health.json(), containsString("\"batch_runs_since\":\"2026-11-21T10:00:01Z\""));
    assertThat(health.json(), containsString("the loop has not gone round for more than PT5M"));
  }

  @Test
  public void aPortThatIsTakenIsSaid() {
    UserException error =
        assertThrows(
            UserException.class,
            () -> StatusServer.start(server.port(), figures, Duration.ofMinutes(5)));

    assertThat(error.getMessage(), containsString("--metricsPort=" + server.port() + " cannot be"));
  }

  private HttpResponse<String> get(String path) throws Exception {
    URI uri = URI.create("http://localhost:" + server.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
