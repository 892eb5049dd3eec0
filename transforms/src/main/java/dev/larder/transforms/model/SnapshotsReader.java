package dev.larder.transforms.model;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code snapshots}. */
final class SnapshotsReader {
  private static final Pattern PERIOD = Pattern.compile(ValueType.PERIOD_TEXT);

  Map<String, Snapshot> read(Element element) {
    Map<String, Snapshot> snapshots = new LinkedHashMap<>();
    if (element != null) {
      element
          .map("a map of snapshots")
          .forEach((name, entry) -> snapshots.put(name, snapshot(name, entry)));
    }
    return snapshots;
  }

  private static Snapshot snapshot(String name, Element element) {
    Names.checked(element, name);
    Map<String, Element> entries =
        element.isAbsent() ? Map.of() : element.map(HelperGrammar.SNAPSHOT);
    return new Snapshot(
        name, at(entries.get("at")), zone(entries.get("zone")), keep(entries.get("keep")));
  }

  private static LocalTime at(Element element) {
    String text = element == null ? "" : element.text("a time of day like \"03:00\"");
    try {
      return text.isEmpty() ? LocalTime.MIDNIGHT : LocalTime.parse(text);
    } catch (DateTimeException e) {
      element.report(ModelErrors.noTimeOfDay(text));
      return LocalTime.MIDNIGHT;
    }
  }

  private static ZoneId zone(Element element) {
    String text = element == null ? "" : element.text("a time zone");
    try {
      return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text);
    } catch (DateTimeException e) {
      element.report(ModelErrors.noZone(text));
      return ZoneOffset.UTC;
    }
  }

  private static Retention keep(Element element) {
    if (element == null) {
      return Retention.ALL;
    }
    Map<String, Element> entries = element.map(HelperGrammar.KEEP);
    return new Retention(
        period(entries.get("daily")),
        period(entries.get("weekly")),
        period(entries.get("monthly")),
        period(entries.get("yearly")));
  }

  private static Period period(Element element) {
    String text = element == null ? "" : element.text("a period like 90d");
    Matcher matcher = PERIOD.matcher(text);
    if (text.equals("forever")) {
      return Retention.FOREVER;
    }
    if (matcher.matches()) {
      return Period.parse("P" + matcher.group(1) + matcher.group(2).toUpperCase(Locale.ROOT));
    }
    if (!text.isEmpty()) {
      element.report(ModelErrors.noPeriod(text));
    }
    return Period.ZERO;
  }
}
