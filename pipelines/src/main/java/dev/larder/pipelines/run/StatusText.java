package dev.larder.pipelines.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.pipelines.command.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The status of a stream for people, out of its JSON. */
final class StatusText {
  private StatusText() {}

  static void print(ObjectNode status, Console console) {
    lines(status).forEach(line -> console.line("%s", line));
  }

  private static List<String> lines(JsonNode status) {
    ArrayList<String> lines = new ArrayList<>();
    lines.add(row("topic", "partition", "position", "end", "lag records", "seconds"));
    for (JsonNode partition : status.path("partitions")) {
      lines.add(
          row(
              partition.path("topic").asText(),
              partition.path("partition").asText(),
              partition.path("position").asLong() < 0
                  ? "-"
                  : number(partition.path("position").asLong()),
              number(partition.path("end").asLong()),
              number(partition.path("lag_records").asLong()),
              partition.has("lag_seconds") ? seconds(partition.path("lag_seconds")) : "-"));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d batches, %,d records, %,d dead letters; %,d records behind%s",
            status.path("batches").asLong(),
            status.path("records").asLong(),
            status.path("dead_letters").asLong(),
            status.path("lag_records").asLong(),
            status.has("lag_seconds")
                ? ", the oldest for " + seconds(status.path("lag_seconds")) + " s"
                : ""));
    JsonNode last = status.path("last_batch");
    if (!last.isMissingNode()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "Last batch %d: %,d records in %s s, done at %s; %,d records/s over the last batches",
              last.path("batch").asLong(),
              last.path("records").asLong(),
              seconds(last.path("seconds")),
              last.path("done_at").asText(),
              status.path("records_per_second").asLong()));
    }
    JsonNode running = status.path("running_batch");
    if (!running.isMissingNode()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "Batch %d of %,d offsets runs, or was cut off, since %s",
              running.path("batch").asLong(),
              running.path("offsets").asLong(),
              running.path("planned_at").asText()));
    }
    for (JsonNode snapshot : status.path("waiting_snapshots")) {
      lines.add("Snapshot " + snapshot.asLong() + " waits in bronze for the log to pass its end");
    }
    return lines;
  }

  private static String row(String... cells) {
    return String.format(Locale.ROOT, "%-40s %9s %14s %14s %12s %10s", (Object[]) cells)
        .stripTrailing();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  private static String seconds(JsonNode value) {
    return String.format(Locale.ROOT, "%.1f", value.asDouble());
  }
}
