package dev.larder.pipelines.status;

import java.util.Map;

/**
 * Figures in Prometheus' text format 0.0.4.
 *
 * <p><b>Source</b>: <a
 * href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition formats</a>. A
 * library would bring five artifacts for what is a page of text.
 */
final class PrometheusText {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();

  private PrometheusText() {}

  static String of(StreamFigures.View view) {
    PrometheusText out = new PrometheusText();
    out.head("larder_stream_lag_records", "gauge", "Records that wait in Kafka, by partition.");
    view.lag().forEach((partition, records) -> out.lag(partition, records));
    out.gauge(
        "larder_stream_behind_seconds",
        "Seconds since all that Kafka held was in the lake.",
        view.behindSeconds());
    out.counter("larder_stream_batches_total", "Batches done.", view.batches());
    out.counter("larder_stream_records_total", "Kafka records read.", view.records());
    out.counter("larder_stream_bytes_total", "Bytes of their keys and values.", view.bytes());
    out.counter("larder_stream_rows_total", "Rows added to tables of the lake.", view.rows());
    out.counter(
        "larder_stream_written_bytes_total",
        "Bytes of the files that they are in.",
        view.written());
    out.counter(
        "larder_stream_dead_letters_total", "Records that were not decoded.", view.deadLetters());
    out.head("larder_stream_batch_seconds", "summary", "From a batch's plan to its last commit.");
    out.line("larder_stream_batch_seconds_sum", "", view.batchSeconds());
    out.line("larder_stream_batch_seconds_count", "", (double) view.batches());
    out.gauge(
        "larder_stream_last_batch_seconds", "Seconds of the last batch.", view.lastBatchSeconds());
    out.gauge(
        "larder_stream_last_commit_seconds",
        "Longest commit of a table in the last batch.",
        view.lastCommitSeconds());
    out.gauge(
        "larder_stream_last_round_timestamp_seconds",
        "When the loop last went round, seconds since the epoch.",
        view.lastRound().toEpochMilli() / 1000.0);
    out.gauge(
        "larder_stream_waiting_snapshots",
        "Snapshots in bronze that the vault has not taken over.",
        (double) view.waitingSnapshots());
    out.head("larder_connector_up", "gauge", "1 if a connector and its tasks run.");
    view.connectors()
        .forEach(
            (name, runs) ->
                out.line("larder_connector_up", labels(Map.of("connector", name)), runs ? 1 : 0));
    return out.text.toString();
  }

  private void lag(String partition, long records) {
    int slash = partition.lastIndexOf('/');
    String labels =
        "{topic=\""
            + escaped(partition.substring(0, slash))
            + "\",partition=\""
            + escaped(partition.substring(slash + 1))
            + "\"}";
    line("larder_stream_lag_records", labels, (double) records);
  }

  private static String labels(Map<String, String> labels) {
    StringBuilder out = new StringBuilder("{");
    labels.forEach(
        (name, value) -> out.append(name).append("=\"").append(escaped(value)).append('"'));
    return out.append('}').toString();
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  private void gauge(String name, String help, double value) {
    head(name, "gauge", help);
    line(name, "", value);
  }

  private void counter(String name, String help, long value) {
    head(name, "counter", help);
    line(name, "", (double) value);
  }

  private void head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void line(String name, String labels, double value) {
    text.append(name).append(labels).append(' ');
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      text.append((long) value);
    } else {
      text.append(value);
    }
    text.append('\n');
  }
}
