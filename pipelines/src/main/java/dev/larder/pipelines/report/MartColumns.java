package dev.larder.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.pipelines.options.ForecastOptions;
import dev.larder.pipelines.run.MartSeries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** The columns of a mart that a forecast was made from. */
record MartColumns(List<String> groups, List<String> items, String day, String value) {

  /** As the last run of {@code forecast} for this table says, else the defaults of its options. */
  static MartColumns of(String table, List<PastRun> runs) {
    for (int i = runs.size() - 1; i >= 0; i--) {
      JsonNode body = runs.get(i).body();
      if (body.path("table").asText().equals(table) && body.path("group_columns").isTextual()) {
        return new MartColumns(
            names(body.path("group_columns").asText()),
            names(body.path("item_columns").asText()),
            body.path("day_column").asText(),
            body.path("value_column").asText());
      }
    }
    ForecastOptions defaults = PipelineOptionsFactory.as(ForecastOptions.class);
    return new MartColumns(
        MartSeries.GROUP_COLUMNS,
        MartSeries.ITEM_COLUMNS,
        defaults.getDayColumn(),
        defaults.getValueColumn());
  }

  private static List<String> names(String text) {
    return Arrays.stream(text.split(",")).filter(name -> !name.isEmpty()).toList();
  }

  /** Columns of the group, of the item, day and value. */
  List<String> all() {
    List<String> all = new ArrayList<>(groups);
    all.addAll(items);
    all.add(day);
    all.add(value);
    return all;
  }
}
