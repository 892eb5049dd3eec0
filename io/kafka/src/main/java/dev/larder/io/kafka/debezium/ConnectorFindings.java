package dev.larder.io.kafka.debezium;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What in the settings of a Debezium connector for MySQL or MariaDB loses values, events or their
 * order, before Larder sees any of it. Connectors that Larder renders have none of this; others
 * may.
 *
 * <p>Source: Debezium 3.5, "MySQL connector configuration properties"; what each mode loses was
 * tried on every column type (FACTS 3, {@code ParityIT}).
 */
public final class ConnectorFindings {
  private static final Set<String> WARNS = Set.of("warn", "skip", "ignore");

  private final Map<String, String> config;
  private final List<String> findings = new ArrayList<>();

  private ConnectorFindings(Map<String, String> config) {
    this.config = config;
  }

  /**
   * What is to be changed, a sentence with the setting, what it loses and what to set instead;
   * empty for a connector that loses nothing.
   *
   * @param config the connector's settings as Connect has them; absent ones have Debezium's
   *     defaults
   */
  public static List<String> of(Map<String, String> config) {
    ConnectorFindings all = new ConnectorFindings(config);
    all.values();
    all.columns();
    all.events();
    all.envelope();
    return List.copyOf(all.findings);
  }

  private void values() {
    if (is("decimal.handling.mode", "precise", "double")) {
      add("decimal.handling.mode", "rounds DECIMAL to 15 digits", "string or precise");
    }
    if (is("time.precision.mode", "adaptive_time_microseconds", "connect")) {
      add("time.precision.mode", "cuts times to milliseconds", "microseconds");
    }
    if (is("time.precision.mode", "adaptive_time_microseconds", "isostring")) {
      add(
          "time.precision.mode",
          "turns a TIME below zero or from 24 hours on into NULL",
          "microseconds");
    }
    if (is("time.precision.mode", "adaptive_time_microseconds", "nanoseconds")) {
      add(
          "time.precision.mode",
          "has no number for a DATETIME before 1677 or after 2262",
          "microseconds");
    }
  }

  private void columns() {
    for (String name : new TreeSet<>(config.keySet())) {
      if (name.startsWith("column.mask.") || name.startsWith("column.truncate.")) {
        findings.add(
            name
                + " changes values at the source, so that the log and the tables disagree. Leave it"
                + " out; the model masks columns (`mask`).");
      }
    }
  }

  private void events() {
    String skipped = config.getOrDefault("skipped.operations", "t");
    if (!skipped.isBlank() && !skipped.trim().equalsIgnoreCase("none")) {
      findings.add(
          "skipped.operations="
              + skipped
              + " leaves changes out ("
              + (config.containsKey("skipped.operations") ? "as set" : "Debezium's default")
              + "). Set it to none.");
    }
    for (String name :
        List.of(
            "event.processing.failure.handling.mode",
            "inconsistent.schema.handling.mode",
            "event.converting.failure.handling.mode")) {
      if (WARNS.contains(value(name, "fail"))) {
        add(name, "leaves events out that Debezium cannot read", "fail");
      }
    }
    if (is("errors.tolerance", "none", "all")) {
      add("errors.tolerance", "leaves events out that a converter cannot write", "none");
    }
    if (is("snapshot.mode", "initial", "initial")) {
      findings.add(
          "snapshot.mode=initial reads whole tables on one connection, rounds FLOAT to 6 digits and"
              + " reads the YEAR 0000 as 2000. Larder's snapshot does not: set it to recovery or"
              + " no_data.");
    }
  }

  private void envelope() {
    for (String name : value("transforms", "").split(",")) {
      String type = config.getOrDefault("transforms." + name.trim() + ".type", "");
      if (type.endsWith("ExtractNewRecordState") || type.endsWith("ExtractChangedRecordState")) {
        findings.add(
            "transforms."
                + name.trim()
                + " ("
                + type.substring(type.lastIndexOf('.') + 1)
                + ") takes the envelope away: before images, operations and the place in the log are"
                + " lost. Take it out.");
      }
    }
  }

  private boolean is(String name, String otherwise, String lossy) {
    return value(name, otherwise).equals(lossy);
  }

  private String value(String name, String otherwise) {
    return config.getOrDefault(name, otherwise).trim().toLowerCase(Locale.ROOT);
  }

  private void add(String name, String loses, String instead) {
    findings.add(name + "=" + value(name, "") + " " + loses + ". Set it to " + instead + ".");
  }
}
