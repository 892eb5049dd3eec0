package dev.larder.runners.direct;

import static org.junit.Assume.assumeTrue;

import dev.larder.testdata.olist.OlistData;
import dev.larder.testdata.olist.OlistModel;
import dev.larder.testdata.services.ConnectWorker;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * Olist's marketplace on a MySQL server of its own, with a broker and Kafka Connect. Tests are
 * skipped where the data set is not there: it is not part of the project.
 */
final class OlistSandbox extends ExternalResource {
  private static final String DATABASE = "olist";
  private static final String SOURCE = "shop";

  private final Path folder;
  private final TemporaryFolder servers = new TemporaryFolder();
  private Services services;
  private Map<String, Integer> rows;
  private Path model;

  private OlistSandbox(Path folder) {
    this.folder = folder;
  }

  static OlistSandbox of(Class<?> test) {
    return new OlistSandbox(Path.of("target", "it", test.getSimpleName()).toAbsolutePath());
  }

  @Override
  protected void before() throws IOException, SQLException {
    ChainSandbox.assumeSupported();
    Path shared = Path.of(System.getProperty("larder.root", "../.."), "..", "shared");
    OlistData data = OlistData.in(shared.resolve("data").resolve("olist"));
    assumeTrue("Olist's data set is not beside the project: " + shared, data.isThere());
    Folders.empty(folder);
    servers.create();
    services =
        Services.in(servers.getRoot().toPath())
            .withMySql(MySqlSetup.named(DATABASE).withPulse())
            .withKafka()
            .withConnect()
            .start();
    try (Sql sql = connect()) {
      rows = data.load(sql.connection());
    }
    model = OlistModel.writeTo(folder.resolve("model"));
  }

  @Override
  protected void after() {
    if (services != null) {
      services.close();
    }
    servers.delete();
  }

  /** A connection that may change what is there. */
  Sql connect() throws SQLException {
    MySqlServer server = services.mySql(DATABASE);
    return server.connect(DATABASE, server.app());
  }

  /** Rows of each table as they were loaded. */
  Map<String, Integer> rows() {
    return rows;
  }

  /** A file or folder of the test's own. */
  Path path(String name) {
    return folder.resolve(name);
  }

  String source() {
    MySqlServer server = services.mySql(DATABASE);
    return "--source=" + SOURCE + "=" + server.sourceUrl(DATABASE, server.cdc());
  }

  List<String> model() {
    return List.of("--model=" + model);
  }

  List<String> kafka() {
    List<String> options = new ArrayList<>();
    options.add("--bootstrapServers=" + services.kafka().bootstrapServers());
    if (services.all().stream().anyMatch(ConnectWorker.class::isInstance)) {
      options.add("--connect=" + services.connect().restUrl());
    }
    return options;
  }
}
