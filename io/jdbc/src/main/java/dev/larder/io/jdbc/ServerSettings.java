package dev.larder.io.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Judges a server's variables: does its binlog hold every change, whole, and long enough? Pure.
 *
 * <p>Source: the prerequisites of Debezium's MySQL connector, and Larder's own hand-over from
 * snapshot to log, which needs every log file since the snapshot began.
 */
final class ServerSettings {
  /** The variables that are judged, for {@code SHOW GLOBAL VARIABLES}. */
  static final List<String> NAMES =
      List.of(
          "log_bin",
          "binlog_format",
          "binlog_row_image",
          "binlog_row_value_options",
          "server_id",
          "gtid_mode",
          "binlog_expire_logs_seconds",
          "expire_logs_days");

  static final long LEAST_RETENTION_SECONDS = 3 * 86_400L;
  private static final String NEW_SESSIONS =
      " It holds for connections made after it: restart the applications that write, or the server.";

  private final Map<String, String> values;
  private final List<Finding> findings = new ArrayList<>();

  private ServerSettings(Map<String, String> values) {
    this.values = values;
  }

  /**
   * @param values by lower-case name; a variable that the server does not have is absent
   */
  static List<Finding> judge(Map<String, String> values) {
    ServerSettings settings = new ServerSettings(values);
    settings.judge();
    return settings.findings;
  }

  private void judge() {
    expect(
        "log_bin",
        "ON",
        "is %s: the server keeps no binary log, so changes cannot be followed.",
        "Add log-bin=binlog to [mysqld] in the server's configuration and restart it.");
    expect(
        "binlog_format",
        "ROW",
        "is %s: the log holds statements instead of the rows they changed.",
        "Run: SET PERSIST binlog_format = 'ROW';" + NEW_SESSIONS);
    expect(
        "binlog_row_image",
        "FULL",
        "is %s: the log leaves columns out of the rows' images.",
        "Run: SET PERSIST binlog_row_image = 'FULL';" + NEW_SESSIONS);
    expect(
        "binlog_row_value_options",
        "",
        "is %s: the log holds only the changed parts of JSON values.",
        "Run: SET PERSIST binlog_row_value_options = '';" + NEW_SESSIONS);
    serverId();
    gtidMode();
    retention();
  }

  private void expect(String name, String wanted, String wrong, String remedy) {
    String value = values.get(name);
    if (value == null) {
      return;
    }
    findings.add(
        value.equalsIgnoreCase(wanted)
            ? Finding.ok(name, wanted.isEmpty() ? "is empty." : "is " + wanted + ".")
            : Finding.error(name, String.format(Locale.ROOT, wrong, value), remedy));
  }

  private void serverId() {
    String value = values.getOrDefault("server_id", "0");
    findings.add(
        value.equals("0")
            ? Finding.error(
                "server_id",
                "is 0: the server accepts nobody who follows its log.",
                "Run: SET PERSIST server_id = 1; (a number that no other server of yours has)")
            : Finding.ok("server_id", "is " + value + "."));
  }

  private void gtidMode() {
    String value = values.get("gtid_mode");
    if (value != null) {
      findings.add(
          value.equals("ON")
              ? Finding.ok("gtid_mode", "is ON.")
              : Finding.warning(
                  "gtid_mode",
                  "is " + value + ": after a switch to a replica the log cannot be followed on.",
                  "Run one after the other: SET PERSIST enforce_gtid_consistency = 'ON';"
                      + " SET PERSIST gtid_mode = 'OFF_PERMISSIVE';"
                      + " SET PERSIST gtid_mode = 'ON_PERMISSIVE'; SET PERSIST gtid_mode = 'ON';"));
    }
  }

  private void retention() {
    long seconds = number("binlog_expire_logs_seconds");
    long kept = seconds > 0 ? seconds : number("expire_logs_days") * 86_400;
    if (kept == 0) {
      findings.add(Finding.ok("binlog retention", "is without end."));
    } else if (kept >= LEAST_RETENTION_SECONDS) {
      findings.add(Finding.ok("binlog retention", "is " + hours(kept) + "."));
    } else {
      findings.add(
          Finding.warning(
              "binlog retention",
              "is "
                  + hours(kept)
                  + ": when Larder stands still for longer, changes are lost and a new snapshot is"
                  + " needed.",
              "Run: SET PERSIST binlog_expire_logs_seconds = 604800; (seven days)"));
    }
  }

  private long number(String name) {
    // MariaDB has fractions of days.
    return (long) Double.parseDouble(values.getOrDefault(name, "0"));
  }

  private static String hours(long seconds) {
    return seconds % 86_400 == 0 ? seconds / 86_400 + " days" : seconds / 3_600 + " hours";
  }
}
