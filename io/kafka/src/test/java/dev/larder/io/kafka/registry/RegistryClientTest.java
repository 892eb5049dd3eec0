package dev.larder.io.kafka.registry;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Against an HTTP server that answers as a registry does. */
public class RegistryClientTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  /** Answers still to give by path, the last one for ever: a status, a space, a body. */
  private final Map<String, List<String>> answers = new HashMap<>();

  private final List<String> asked = new ArrayList<>();
  private final List<String> logins = new ArrayList<>();
  private HttpServer server;

  @Before
  public void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().toString();
          asked.add(path);
          logins.add(exchange.getRequestHeaders().getFirst("Authorization"));
          List<String> left =
              answers.getOrDefault(path, List.of("404 {\"error_code\":40403,\"message\":\"x\"}"));
          String answer = left.size() > 1 ? left.remove(0) : left.get(0);
          byte[] body = answer.substring(4).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @After
  public void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private RegistryClient client(String text) {
    return client(text, Duration.ofMinutes(2));
  }

  private static RegistryClient client(String text, Duration patience) {
    return new RegistryClient(SchemaRegistry.parse(text), patience);
  }

  private void answer(String path, String... texts) {
    answers.put(path, new ArrayList<>(List.of(texts)));
  }

  @Test
  public void aSchemaIsAskedForOnce() {
    answer("/schemas/ids/7", "200 {\"schema\":\"\\\"string\\\"\"}");
    RegistryClient client = client(url());

    assertThat(client.schema(7), is(List.of("\"string\"")));
    assertThat(client.schema(7), is(List.of("\"string\"")));
    assertThat(asked, is(List.of("/schemas/ids/7")));
  }

  @Test
  public void whatASchemaRefersToComesBeforeIt() {
    answer(
        "/schemas/ids/9",
        "200 {\"schema\":\"C\",\"references\":[{\"name\":\"b\",\"subject\":\"x/b\",\"version\":2},"
            + "{\"name\":\"a\",\"subject\":\"a\",\"version\":1}]}");
    answer(
        "/subjects/x%2Fb/versions/2",
        "200 {\"schema\":\"B\",\"references\":[{\"name\":\"a\",\"subject\":\"a\",\"version\":1}]}");
    answer("/subjects/a/versions/1", "200 {\"schema\":\"A\"}");

    assertThat(client(url()).schema(9), is(List.of("A", "B", "C")));
  }

  @Test
  public void anUnknownNumberIsNoErrorAndIsAskedForAgain() {
    RegistryClient client = client(url());

    assertThat(client.schema(7), is(empty()));
    answer("/schemas/ids/7", "200 {\"schema\":\"S\"}");
    assertThat(client.schema(7), is(List.of("S")));
  }

  @Test
  public void triesAgainWhileTheRegistryIsBusy() {
    answer("/schemas/ids/7", "503 ", "429 ", "200 {\"schema\":\"S\"}");

    assertThat(client(url()).schema(7), is(List.of("S")));
    assertThat(asked.size(), is(3));
  }

  @Test
  public void saysWhatFailsAfterAWhile() {
    answer("/schemas/ids/7", "503 ");
    RegistryClient client = client(url(), Duration.ofMillis(700));

    SourceException e = assertThrows(SourceException.class, () -> client.schema(7));

    assertThat(
        e.getMessage(),
        is(
            "The schema registry gave no answer to "
                + url()
                + "/schemas/ids/7 within 0 s (status 503). Check --schemaRegistry, that it runs,"
                + " and that this machine may reach it. The batch is run again at the next"
                + " start."));
    server.stop(0);
    assertThrows(SourceException.class, () -> client.schema(7));
  }

  @Test
  public void aWrongPathOrLoginIsNotARecordsFault() {
    answer("/schemas/ids/7", "404 <html>", "401 {}", "200 <html>");

    assertThat(
        assertThrows(SourceException.class, () -> client(url()).schema(7)).getMessage(),
        is(
            "The schema registry refused "
                + url()
                + "/schemas/ids/7 with status 404, and not because it lacks the schema. Check the"
                + " path of --schemaRegistry."));
    assertThat(
        assertThrows(SourceException.class, () -> client(url()).schema(7)).getMessage(),
        containsString("with status 401. Check the login of --schemaRegistry"));
    assertThat(
        assertThrows(SourceException.class, () -> client(url()).schema(7)).getMessage(),
        containsString("is no schema registry: it did not send {\"schema\": ...}."));
  }

  @Test
  public void logsInByReference() throws IOException {
    String file = folder.newFile("secret").toString();
    Files.writeString(java.nio.file.Path.of(file), "s3cret\n");
    answer("/schemas/ids/7", "200 {\"schema\":\"S\"}");
    String basic = url().replace("//", "//larder@") + "?password=file:" + file;
    String bearer = url() + "?token=file:" + file;

    client(basic).schema(7);
    client(bearer).schema(7);

    assertThat(
        logins,
        is(
            List.of(
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString("larder:s3cret".getBytes(StandardCharsets.UTF_8)),
                "Bearer s3cret")));
    assertThat(SchemaRegistry.parse(basic).toString(), is(basic));
    assertThat(SchemaRegistry.parse(bearer).toString(), is(bearer));
  }

  @Test
  public void noSecretIsTakenLiterallyOrRepeated() {
    for (String text :
        List.of(
            "registry:8081",
            "ftp://registry",
            "http://larder:s3cret@registry:8081",
            "http://larder@registry:8081",
            "http://larder@registry:8081?token=env:X",
            "http://registry:8081?password=env:X",
            "http://registry:8081?token=s3cret")) {
      String message =
          assertThrows(UserException.class, () -> SchemaRegistry.parse(text)).getMessage();

      assertThat(text, message.contains("s3cret"), is(false));
    }
    assertThat(
        SchemaRegistry.parse("https://registry/apis/ccompat/v7/").url(),
        is("https://registry/apis/ccompat/v7"));
  }
}
