package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.Test;

public final class SourceTest {
  private static final String FORM =
      " Write name=mysql://user@host:port/database?password=env:NAME (or file:PATH), for example"
          + " pos=mysql://larder@db1:3306/pos?password=env:POS_PASSWORD.";

  @Test
  public void readsAWholeOption() {
    Source source =
        Source.parse("pos=mysql://larder@db1.example.com:3307/shop?password=env:POS&tls=verify");

    assertThat(
        source,
        is(
            new Source(
                "pos",
                "db1.example.com",
                3307,
                "shop",
                "larder",
                SecretRef.parse("env:POS"),
                Source.Tls.VERIFY)));
  }

  @Test
  public void takesPort3306AndNoTlsWhereNothingIsSaid() {
    Source source = Source.parse("erp=jdbc:mariadb://root@[::1]/erp");

    assertThat(source, is(new Source("erp", "[::1]", 3306, "erp", "root", null, Source.Tls.OFF)));
  }

  @Test
  public void decodesUserAndDatabase() {
    Source source = Source.parse("pos=mysql://a%40b+c@h/my%20shop?password=file:/run/x+y");

    assertThat(source.user(), is("a@b+c"));
    assertThat(source.database(), is("my shop"));
    assertThat(source.password().name(), is("/run/x+y"));
  }

  @Test
  public void printsTheOptionItWasReadFrom() {
    for (String option :
        new String[] {
          "pos=mysql://larder@db1:3307/shop?password=env:POS&tls=verify",
          "pos=mysql://larder@db1:3306/shop?tls=trust",
          "pos=mysql://a%40b@db1:3306/my%20shop"
        }) {
      assertThat(Source.parse(option).toString(), is(option));
    }
  }

  @Test
  public void refusesAPasswordInTheOptionWithoutRepeatingIt() {
    for (String option :
        new String[] {
          "pos=mysql://larder:hunter2@db1/shop", "pos=mysql://larder@db1/shop?password=hunter2"
        }) {
      UserException e = assertThrows(UserException.class, () -> Source.parse(option));

      assertThat(e.getMessage(), not(containsString("hunter2")));
      assertThat(
          e.getMessage(),
          is(
              "Source pos holds the password of user larder itself (not shown here). Options are"
                  + " seen in process lists and job pages: put the password into an environment"
                  + " variable and write password=env:NAME, or into a file and write"
                  + " password=file:PATH."));
    }
  }

  @Test
  public void saysHowAnOptionIsWritten() {
    refused("mysql://larder@db1/shop", "The source cannot be read." + FORM);
    refused("pos=postgres://larder@db1/shop", "The source \"pos\" cannot be read." + FORM);
    refused("pos=mysql://db1/shop", "Source pos names no user." + FORM);
    refused(
        "pos=mysql://larder@db1:99999/shop",
        "Source pos: port 99999 is none. Ports go from 1 to 65535.");
    refused(
        "pos=mysql://larder@db1/shop?pasword=env:X",
        "Source pos: unknown parameter \"pasword\". Known parameters: driver, password, tls.");
    refused(
        "pos=mysql://larder@db1/shop?tls=yes",
        "Source pos: tls=yes is unknown. Write tls=off, tls=trust (any certificate) or"
            + " tls=verify.");
  }

  private static void refused(String option, String message) {
    assertThat(
        assertThrows(UserException.class, () -> Source.parse(option)).getMessage(), is(message));
  }

  @Test
  public void saysWhatToCheckWhenTheServerCannotBeReached() throws IOException {
    int port = unusedPort();
    Source source = Source.parse("pos=mysql://larder@127.0.0.1:" + port + "/shop");

    SourceException e = assertThrows(SourceException.class, () -> Connections.open(source).close());

    assertThat(
        e.getMessage(),
        is(
            "Source pos: cannot connect to MySQL at 127.0.0.1:"
                + port
                + ", database shop, as user larder: Socket fail to connect to 127.0.0.1:"
                + port
                + ". Connection refused. Check that the server runs, that host and port are right,"
                + " and that this machine may reach it (network, firewall, bind-address)."));
    assertThat(e.exitCode(), is(3));
  }

  @Test
  public void saysThatAnUnknownUserMayHideBehindAnUnknownLoginPlugIn() {
    Source source = Source.parse("pos=mysql://larder@db1/shop?password=env:POS");

    SourceException e =
        JdbcErrors.unreachable(
            source,
            new SQLException(
                "Client does not support authentication protocol requested by server. plugin type"
                    + " was = 'sha256_password'"));

    assertThat(
        e.getMessage(),
        is(
            "Source pos: cannot connect to MySQL at db1:3306, database shop, as user larder: Client"
                + " does not support authentication protocol requested by server. plugin type was ="
                + " 'sha256_password'. Check that the user exists (MySQL answers so for users that"
                + " do not). To create it: CREATE USER 'larder'@'%' IDENTIFIED BY '...'; To change"
                + " how it logs in: ALTER USER 'larder'@'%' IDENTIFIED WITH caching_sha2_password"
                + " BY '...';"));
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  public void travelsToWorkers() {
    Source source = Source.parse("pos=mysql://larder@db1/shop?password=env:POS");

    assertThat(SerializableUtils.clone(source), is(source));
  }
}
