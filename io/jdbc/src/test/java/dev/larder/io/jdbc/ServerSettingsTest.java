package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public final class ServerSettingsTest {
  private static final Map<String, String> GOOD =
      Map.of(
          "log_bin", "ON",
          "binlog_format", "ROW",
          "binlog_row_image", "FULL",
          "binlog_row_value_options", "",
          "server_id", "1",
          "gtid_mode", "ON",
          "binlog_expire_logs_seconds", "2592000",
          "expire_logs_days", "0");

  private static List<String> with(String name, String value) {
    Map<String, String> values = new HashMap<>(GOOD);
    values.put(name, value);
    return ServerSettings.judge(values).stream()
        .filter(finding -> finding.severity() != Finding.Severity.OK)
        .map(Finding::toString)
        .toList();
  }

  @Test
  public void tellsWhatIsWellToo() {
    assertThat(
        ServerSettings.judge(GOOD).stream().map(Finding::toString).toList(),
        contains(
            "OK log_bin: is ON.",
            "OK binlog_format: is ROW.",
            "OK binlog_row_image: is FULL.",
            "OK binlog_row_value_options: is empty.",
            "OK server_id: is 1.",
            "OK gtid_mode: is ON.",
            "OK binlog retention: is 30 days."));
  }

  @Test
  public void refusesAServerWithoutBinlog() {
    assertThat(
        with("log_bin", "OFF"),
        contains(
            "ERROR log_bin: is OFF: the server keeps no binary log, so changes cannot be followed."
                + " Add log-bin=binlog to [mysqld] in the server's configuration and restart"
                + " it."));
  }

  @Test
  public void refusesStatementsInTheLog() {
    assertThat(
        with("binlog_format", "STATEMENT"),
        contains(
            "ERROR binlog_format: is STATEMENT: the log holds statements instead of the rows they"
                + " changed. Run: SET PERSIST binlog_format = 'ROW'; It holds for connections made"
                + " after it: restart the applications that write, or the server."));
  }

  @Test
  public void refusesIncompleteImages() {
    assertThat(
        with("binlog_row_image", "MINIMAL"),
        contains(
            "ERROR binlog_row_image: is MINIMAL: the log leaves columns out of the rows' images."
                + " Run: SET PERSIST binlog_row_image = 'FULL'; It holds for connections made after"
                + " it: restart the applications that write, or the server."));
    assertThat(
        with("binlog_row_value_options", "PARTIAL_JSON"),
        contains(
            "ERROR binlog_row_value_options: is PARTIAL_JSON: the log holds only the changed parts"
                + " of JSON values. Run: SET PERSIST binlog_row_value_options = ''; It holds for"
                + " connections made after it: restart the applications that write, or the"
                + " server."));
  }

  @Test
  public void refusesAServerWithoutId() {
    assertThat(
        with("server_id", "0"),
        contains(
            "ERROR server_id: is 0: the server accepts nobody who follows its log. Run: SET PERSIST"
                + " server_id = 1; (a number that no other server of yours has)"));
  }

  @Test
  public void warnsOfMissingGtids() {
    assertThat(
        with("gtid_mode", "OFF"),
        contains(
            "WARNING gtid_mode: is OFF: after a switch to a replica the log cannot be followed on."
                + " Run one after the other: SET PERSIST enforce_gtid_consistency = 'ON'; SET"
                + " PERSIST gtid_mode = 'OFF_PERMISSIVE'; SET PERSIST gtid_mode ="
                + " 'ON_PERMISSIVE'; SET PERSIST gtid_mode = 'ON';"));
  }

  @Test
  public void warnsOfALogThatIsKeptForTooShortATime() {
    assertThat(
        with("binlog_expire_logs_seconds", "21600"),
        contains(
            "WARNING binlog retention: is 6 hours: when Larder stands still for longer, changes are"
                + " lost and a new snapshot is needed. Run: SET PERSIST binlog_expire_logs_seconds"
                + " = 604800; (seven days)"));
  }

  @Test
  public void knowsTheRetentionOfOlderServers() {
    Map<String, String> values = new HashMap<>(GOOD);
    values.remove("binlog_expire_logs_seconds");
    values.put("expire_logs_days", "7.000000");

    assertThat(
        ServerSettings.judge(values).get(6), is(Finding.ok("binlog retention", "is 7 days.")));

    values.put("expire_logs_days", "0");

    assertThat(
        ServerSettings.judge(values).get(6), is(Finding.ok("binlog retention", "is without end.")));
  }
}
