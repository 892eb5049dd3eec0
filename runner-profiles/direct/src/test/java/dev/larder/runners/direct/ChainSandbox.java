package dev.larder.runners.direct;

import static org.junit.Assume.assumeNoException;

import dev.larder.io.changes.UserException;
import dev.larder.testdata.chain.ChainDatabases;
import dev.larder.testdata.chain.ChainLoader;
import dev.larder.testdata.chain.ChainModel;
import dev.larder.testdata.chain.ChainSettings;
import dev.larder.testdata.chain.Database;
import dev.larder.testdata.chain.History;
import dev.larder.testdata.services.ConnectWorker;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.rules.ExternalResource;
import org.junit.rules.TemporaryFolder;

/**
 * A small pizza chain on two MySQL servers of its own, with a broker, for the tests of one class.
 * Lakes and logs are left below {@code target/it} for whoever looks into a failure.
 */
final class ChainSandbox extends ExternalResource {
  static final History PAST =
      History.of(
          ChainSettings.endingOn(LocalDate.of(2026, 6, 30))
              .withPizzerias(2)
              .withDays(5)
              .withOrdersPerDay(20));

  private final Path folder;
  private final Function<String, MySqlSetup> mySql;
  private final UnaryOperator<Services.Builder> more;
  private final TemporaryFolder servers = new TemporaryFolder();
  private Services services;
  private ChainDatabases databases;
  private Path model;

  private ChainSandbox(
      Path folder, Function<String, MySqlSetup> mySql, UnaryOperator<Services.Builder> more) {
    this.folder = folder;
    this.mySql = mySql;
    this.more = more;
  }

  static ChainSandbox of(Class<?> test) {
    Path folder = Path.of("target", "it", test.getSimpleName()).toAbsolutePath();
    return new ChainSandbox(folder, MySqlSetup::named, services -> services);
  }

  /** A sandbox with more than MySQL and Kafka. */
  ChainSandbox with(UnaryOperator<Services.Builder> value) {
    return new ChainSandbox(folder, mySql, services -> value.apply(more.apply(services)));
  }

  /** A sandbox with Connect, too, and with MySQL servers that are in use. */
  ChainSandbox withConnect() {
    return new ChainSandbox(
        folder, name -> MySqlSetup.named(name).withPulse(), Services.Builder::withConnect);
  }

  @Override
  protected void before() throws IOException {
    assumeSupported();
    Folders.empty(folder);
    servers.create();
    services =
        more.apply(
                Services.in(servers.getRoot().toPath())
                    .withMySql(mySql.apply("pos"))
                    .withMySql(mySql.apply("erp"))
                    .withKafka())
            .start();
    databases = new ChainDatabases(database("pos"), database("erp"));
    ChainLoader.into(databases).load(PAST);
    model = ChainModel.writeTo(folder.resolve("model"));
  }

  /** Skips the tests, saying why, where the sandbox's servers cannot run. */
  static void assumeSupported() {
    try {
      Services.requireSupportedPlatform();
    } catch (UserException e) {
      assumeNoException(e);
    }
  }

  @Override
  protected void after() {
    if (services != null) {
      services.close();
    }
    servers.delete();
  }

  Services services() {
    return services;
  }

  ChainDatabases databases() {
    return databases;
  }

  /** The chain's model, a file that a test may copy and change. */
  Path model() {
    return model;
  }

  /** A file or folder of the test's own. */
  Path path(String name) {
    return folder.resolve(name);
  }

  /** Options that say which model and which databases. */
  List<String> sources() {
    List<String> options = new ArrayList<>(List.of("--model=" + model));
    for (String name : List.of("pos", "erp")) {
      options.add(source(name));
    }
    return options;
  }

  String source(String name) {
    MySqlServer server = services.mySql(name);
    return "--source=" + name + "=" + server.sourceUrl(name, server.cdc());
  }

  static List<String> lake(Path lake) {
    return List.of("--lake=" + lake);
  }

  /** Options that say where Kafka is, and Connect if there is one. */
  List<String> kafka() {
    List<String> options = new ArrayList<>();
    options.add("--bootstrapServers=" + services.kafka().bootstrapServers());
    if (services.all().stream().anyMatch(ConnectWorker.class::isInstance)) {
      options.add("--connect=" + services.connect().restUrl());
    }
    return options;
  }

  private Database database(String name) {
    MySqlServer server = services.mySql(name);
    return Database.at(
        name, server.host(), server.port(), server.app().user(), server.app().password());
  }
}
