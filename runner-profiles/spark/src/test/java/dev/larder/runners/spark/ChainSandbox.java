package dev.larder.runners.spark;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.Larder;
import dev.larder.testdata.chain.Chain;
import dev.larder.testdata.chain.ChainDatabases;
import dev.larder.testdata.chain.ChainLoader;
import dev.larder.testdata.chain.ChainModel;
import dev.larder.testdata.chain.ChainSettings;
import dev.larder.testdata.chain.Database;
import dev.larder.testdata.chain.History;
import dev.larder.testdata.chain.LiveTraffic;
import dev.larder.testdata.services.Login;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small pizza chain on running servers, and the command to load lakes from it. */
final class ChainSandbox implements AutoCloseable {
  static final String DIRECT = "--runner=DirectRunner";
  static final String SPARK = "--runner=SparkRunner";
  private static final Logger LOG = LoggerFactory.getLogger(ChainSandbox.class);
  private static final long SEED = 42;

  private final Services services;
  private final Path folder;
  private final Path model;
  private final Chain chain;
  private final ChainDatabases databases;

  private ChainSandbox(Services services, Path folder, Path model, ChainSettings settings) {
    this.services = services;
    this.folder = folder;
    this.model = model;
    this.databases = new ChainDatabases(database("pos"), database("erp"));
    History past = History.of(settings.withSeed(SEED));
    this.chain = past.chain();
    ChainLoader.into(databases).load(past);
  }

  /** Starts the servers below a folder and loads the chain's past. */
  static ChainSandbox start(Path folder, ChainSettings settings) throws IOException {
    Path model = ChainModel.writeTo(folder.resolve("model"));
    Services services =
        Services.in(folder.resolve("services"))
            .withMySql(MySqlSetup.named("pos").withPulse())
            .withMySql(MySqlSetup.named("erp").withPulse())
            .withConnect()
            .start();
    try {
      return new ChainSandbox(services, folder, model, settings);
    } catch (RuntimeException e) {
      services.close();
      throw e;
    }
  }

  Path model() {
    return model;
  }

  Path lake(String name) {
    return folder.resolve(name);
  }

  LiveTraffic traffic() {
    return LiveTraffic.of(chain, databases, SEED);
  }

  /** {@code --source} of both servers. */
  List<String> sources() {
    return Stream.of("pos", "erp")
        .map(
            name -> {
              MySqlServer server = services.mySql(name);
              return name + "=" + server.sourceUrl(name, server.cdc());
            })
        .toList();
  }

  /** What a verb printed, and how it ended. */
  record Outcome(int code, String text) {}

  /** Runs a verb on a lake of this name. */
  Outcome larder(String verb, String runner, String lake, String... more) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8), false);
    int code =
        Larder.printingTo(console).run(words(verb, runner, lake, more).toArray(String[]::new));
    Outcome outcome = new Outcome(code, bytes.toString(StandardCharsets.UTF_8));
    LOG.info("larder {} {} on {}: {}\n{}", verb, runner, lake, code, outcome.text());
    return outcome;
  }

  /** Starts a verb in a process of its own, with this one's class path and settings. */
  Process start(Path log, String verb, String runner, String lake, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    // It lives for seconds: bin/larder starts such a JVM with these.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Larder.class.getName()));
    command.addAll(words(verb, runner, lake, more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** The command line of a verb. */
  private List<String> words(String verb, String runner, String lake, String... more) {
    List<String> words = new ArrayList<>(List.of(verb, runner, "--lake=" + lake(lake)));
    // DirectRunner's checks of elements, as DirectProfile has them: with them on it takes minutes.
    words.addAll(
        runner.equals(SPARK)
            ? List.of("--sparkMaster=local[2]")
            : List.of("--enforceImmutability=false", "--enforceEncodability=false"));
    if (!verb.equals("forecast")) {
      words.add("--model=" + model);
    }
    if (List.of("snapshot", "stream", "verify").contains(verb)) {
      sources().forEach(source -> words.add("--source=" + source));
    }
    if (List.of("snapshot", "stream").contains(verb)) {
      words.add("--bootstrapServers=" + services.kafka().bootstrapServers());
      words.add("--connect=" + services.connect().restUrl());
    }
    words.addAll(List.of(more));
    return words;
  }

  /** Copies a lake, which nobody may write to meanwhile. */
  void copy(String from, String to) throws IOException {
    Path source = lake(from);
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, lake(to).resolve(source.relativize(file)));
      }
    }
  }

  private Database database(String name) {
    MySqlServer server = services.mySql(name);
    Login app = server.app();
    return Database.at(name, server.host(), server.port(), app.user(), app.password());
  }

  @Override
  public void close() {
    services.close();
  }
}
