package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Values;
import dev.larder.pipelines.conformance.ConformanceCase.Load;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which staged rows a load takes. {@code insert_by_period} and {@code insert_by_rank} bring the
 * first period or rank alone into a table that is not there yet, and all that is asked for into one
 * that is; every other load brings all rows.
 */
record Materialization(Model model, Load load) {
  private static final List<String> WHOLE =
      List.of(
          "incremental", "table", "view", "pit_incremental", "bridge_incremental", "full_refresh");

  /** Whether the table is dropped first. */
  boolean isFullRefresh(ConformanceCase owner) {
    return owner.isOn("full_refresh")
        || load.materialization().equals("full_refresh")
        || load.options().path("full_refresh").asBoolean();
  }

  /**
   * The rows of a stage that the load takes.
   *
   * @param exists whether the table is there
   * @throws CaseException if the materialization is unknown
   */
  CaseTable rows(CaseTable stage, boolean exists) {
    String kind = load.materialization().toLowerCase(Locale.ROOT);
    if (WHOLE.contains(kind)) {
      return stage;
    }
    if (kind.endsWith("insert_by_period")) {
      return stage.where(period(stage, exists));
    }
    if (kind.endsWith("insert_by_rank")) {
      return stage.where(rank(stage, exists));
    }
    throw new CaseException("unknown materialization " + load.materialization());
  }

  private Predicate<Object[]> rank(CaseTable stage, boolean exists) {
    int position = stage.position(option("AUTOMATE_DV_RANK", "rank_column"));
    return row -> exists || position >= 0 && Long.valueOf(1).equals(row[position]);
  }

  private Predicate<Object[]> period(CaseTable stage, boolean exists) {
    String column = option(model.name("src_ldts"), "timestamp_field", "timestamp_column");
    int position = stage.position(column);
    ColumnType type = stage.type(column);
    String unit = option("day", "period").toLowerCase(Locale.ROOT);
    LocalDateTime from = bound("start_date", "start", "from");
    LocalDateTime to = bound("stop_date", "stop", "end_date", "end", "to");
    LocalDateTime first =
        from != null
            ? from
            : stage.rows().stream()
                .map(row -> moment(type, row[position]))
                .filter(Objects::nonNull)
                .min(LocalDateTime::compareTo)
                .orElse(LocalDateTime.MIN);
    return row -> {
      LocalDateTime moment = moment(type, row[position]);
      return moment != null
          && !moment.isBefore(first)
          && (to == null || !begin(moment, unit).isAfter(begin(to, unit)))
          && (exists || begin(moment, unit).equals(begin(first, unit)));
    };
  }

  private String option(String otherwise, String... names) {
    for (String name : names) {
      JsonNode option = load.options().path(name);
      if (option.isValueNode() && !option.isNull() && !option.asText().isEmpty()) {
        return option.asText();
      }
    }
    return otherwise;
  }

  private LocalDateTime bound(String... names) {
    String text = option(null, names);
    return text == null
        ? null
        : moment(ColumnType.DATETIME, SuiteTypes.value(ColumnType.DATETIME, text));
  }

  private static LocalDateTime moment(ColumnType type, Object value) {
    Object micros = SuiteTypes.cast(type, value, ColumnType.DATETIME);
    return micros == null
        ? null
        : LocalDateTime.ofInstant(Values.instant((Long) micros), ZoneOffset.UTC);
  }

  private static LocalDateTime begin(LocalDateTime moment, String unit) {
    LocalDateTime day = moment.truncatedTo(ChronoUnit.DAYS);
    return switch (unit) {
      case "day" -> day;
      case "week" -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case "month" -> day.withDayOfMonth(1);
      case "quarter" -> day.withDayOfMonth(1).withMonth((day.getMonthValue() - 1) / 3 * 3 + 1);
      case "year" -> day.withDayOfYear(1);
      case "hour" -> moment.truncatedTo(ChronoUnit.HOURS);
      case "minute" -> moment.truncatedTo(ChronoUnit.MINUTES);
      case "second" -> moment.truncatedTo(ChronoUnit.SECONDS);
      case "millisecond" -> moment.truncatedTo(ChronoUnit.MILLIS);
      case "microsecond" -> moment.truncatedTo(ChronoUnit.MICROS);
      default -> throw new CaseException("unknown period " + unit);
    };
  }
}
