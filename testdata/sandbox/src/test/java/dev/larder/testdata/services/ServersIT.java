package dev.larder.testdata.services;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Two MySQL servers and a broker: what they keep, whom they let in, how they end. */
public class ServersIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static Services services;

  @BeforeClass
  public static void startServices() {
    TestPlatform.assumeSupported();
    services =
        Services.in(FOLDER.getRoot().toPath())
            .withMySql("pos")
            .withMySql(MySqlSetup.named("erp").withDatabase("more_data"))
            .withKafka()
            .start();
  }

  @AfterClass
  public static void stopServices() {
    if (services == null) {
      return;
    }
    services.close();
    assertThat(Processes.mentioning(FOLDER.getRoot().toPath()), is(empty()));
  }

  @Test
  public void mySqlKeepsItsDataAndPortOverRestartAndKill() throws Exception {
    MySqlServer pos = services.mySql("pos");
    int port = pos.port();
    runAs(pos, "pos", pos.app(), "CREATE TABLE kept (id INT PRIMARY KEY)");

    runAs(pos, "pos", pos.app(), "INSERT INTO kept VALUES (1)");
    pos.restart();
    runAs(pos, "pos", pos.app(), "INSERT INTO kept VALUES (2)");
    long before = pos.pid();
    pos.kill9();
    assertThat(Processes.isAlive(before), is(false));
    pos.start();

    assertThat(pos.port(), is(port));
    assertThat(pos.pid(), is(not(before)));
    try (Sql sql = pos.connect("pos", pos.snapshot())) {
      assertThat(
          sql.rows("SELECT id FROM kept ORDER BY id"),
          is(List.of(Map.of("id", "1"), Map.of("id", "2"))));
    }
  }

  @Test
  public void mySqlLogsWholeRowsWithGtids() throws Exception {
    MySqlServer pos = services.mySql("pos");
    try (Sql sql = pos.connect("pos", pos.cdc())) {
      assertThat(
          sql.rows(
                  "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('log_bin', 'binlog_format',"
                      + " 'binlog_row_image', 'binlog_row_metadata', 'gtid_mode', 'time_zone')")
              .toString(),
          is(
              "[{Variable_name=binlog_format, Value=ROW}, {Variable_name=binlog_row_image,"
                  + " Value=FULL}, {Variable_name=binlog_row_metadata, Value=FULL},"
                  + " {Variable_name=gtid_mode, Value=ON}, {Variable_name=log_bin, Value=ON},"
                  + " {Variable_name=time_zone, Value=+00:00}]"));
    }
  }

  @Test
  public void serversAreDifferentServers() throws Exception {
    assertThat(variable("pos", "server_uuid"), is(not(variable("erp", "server_uuid"))));
    assertThat(variable("pos", "server_id"), is("1"));
    assertThat(variable("erp", "server_id"), is("2"));
  }

  @Test
  public void usersHaveTheRightsOfTheirTasksAndNoMore() throws Exception {
    MySqlServer erp = services.mySql("erp");
    runAs(erp, "more_data", erp.app(), "CREATE TABLE secured (id INT PRIMARY KEY)");

    try (Sql sql = erp.connect("more_data", erp.snapshot())) {
      assertThat(sql.rows("SELECT id FROM secured"), is(empty()));
      assertThat(sql.rows("SHOW MASTER STATUS").get(0).get("File"), startsWith("binlog."));
    }
    assertThat(
        refusal(erp, "more_data", erp.snapshot(), "INSERT INTO secured VALUES (1)"),
        is("INSERT command denied to user 'snapshot'@'127.0.0.1' for table 'secured'"));
    assertThat(
        refusal(erp, "more_data", erp.cdc(), "FLUSH TABLES WITH READ LOCK"),
        is(
            "Access denied; you need (at least one of) the RELOAD or FLUSH_TABLES privilege(s)"
                + " for this operation"));
    assertThat(
        refusal(erp, "", erp.app(), "CREATE DATABASE moreXdata"),
        is("Access denied for user 'app'@'%' to database 'moreXdata'"));
  }

  @Test
  public void passwordsAreRandomAndReadableByTheirOwnerOnly() throws Exception {
    Login app = services.mySql("pos").app();

    assertThat(app.password().matches("[0-9a-f]{32}"), is(true));
    assertThat(app.password(), is(not(services.mySql("erp").app().password())));
    assertThat(app.toString(), is("app"));
    assertThat(Files.readString(app.passwordFile()), is(app.password()));
    assertThat(
        PosixFilePermissions.toString(Files.getPosixFilePermissions(app.passwordFile())),
        is("rw-------"));
  }

  @Test
  public void kafkaKeepsItsTopicsAndPortOverRestartAndKill() throws Exception {
    KafkaBroker kafka = services.kafka();
    String before = kafka.bootstrapServers();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", before))) {
      admin.createTopics(Set.of(new NewTopic("kept", 3, (short) 1))).all().get();
    }

    kafka.restart();
    kafka.kill9();
    kafka.start();

    assertThat(kafka.bootstrapServers(), is(before));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", before))) {
      assertThat(
          admin
              .describeTopics(Set.of("kept"))
              .allTopicNames()
              .get()
              .get("kept")
              .partitions()
              .size(),
          is(3));
    }
  }

  private static String variable(String server, String name) throws SQLException {
    MySqlServer mySql = services.mySql(server);
    try (Sql sql = mySql.connect("", mySql.app())) {
      return sql.value("SELECT @@" + name);
    }
  }

  private static void runAs(MySqlServer server, String database, Login login, String statement)
      throws SQLException {
    try (Sql sql = server.connect(database, login)) {
      sql.run(statement);
    }
  }

  private static String refusal(
      MySqlServer server, String database, Login login, String statement) {
    SQLException e =
        assertThrows(SQLException.class, () -> runAs(server, database, login, statement));
    return e.getMessage().replaceFirst("^\\(conn=\\d+\\) ", "");
  }
}
