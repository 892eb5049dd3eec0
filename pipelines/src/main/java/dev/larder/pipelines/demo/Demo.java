package dev.larder.pipelines.demo;

import dev.larder.io.changes.LarderException;
import dev.larder.io.delta.DeltaTables;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.Larder;
import dev.larder.pipelines.options.DemoOptions;
import dev.larder.testdata.chain.Chain;
import dev.larder.testdata.chain.ChainDatabases;
import dev.larder.testdata.chain.ChainLoader;
import dev.larder.testdata.chain.ChainModel;
import dev.larder.testdata.chain.ChainSettings;
import dev.larder.testdata.chain.Database;
import dev.larder.testdata.chain.History;
import dev.larder.testdata.chain.LiveSummary;
import dev.larder.testdata.chain.LiveTraffic;
import dev.larder.testdata.chain.LoadReport;
import dev.larder.testdata.chain.OrderFiles;
import dev.larder.testdata.chain.RowSource;
import dev.larder.testdata.services.Login;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A pizza chain's two databases to next week's orders of ingredients. It starts servers and makes
 * traffic; everything else it does by calling the verbs.
 */
final class Demo {
  private static final long POLL_MS = 100;
  private static final String BRONZE = "bronze/";

  private final DemoOptions options;
  private final Console console;
  private final Larder larder;
  private final Path lake;

  Demo(DemoOptions options, Console console) {
    this.options = options;
    this.console = console;
    this.larder = Larder.printingTo(console);
    this.lake = Path.of(options.getLake()).toAbsolutePath().normalize();
  }

  void run() throws Exception {
    DemoFolder.make(lake, "--lake");
    Path model = ChainModel.writeTo(lake.resolveSibling("model"));
    console.line("A pizza chain, from its databases to its orders of ingredients.");
    console.line("Lake: %s", lake);
    console.step("Starting two MySQL servers, Kafka and Kafka Connect ...");
    try (Services services = start()) {
      RowSource past = past();
      ChainDatabases databases =
          new ChainDatabases(database(services, "pos"), database(services, "erp"));
      load(databases, past);
      flow(services, model, databases, past);
      summary(services, model);
      if (options.getKeep()) {
        keep(services, model);
      }
    }
  }

  private Services start() throws IOException {
    Path folder = lake.resolveSibling("services");
    DemoFolder.make(folder, "the folder beside --lake");
    return Services.in(folder)
        .withMySql("pos")
        .withMySql("erp")
        .withConnect()
        .onReady(service -> console.step("  %s is up (log: %s)", service.name(), service.log()))
        .start();
  }

  private RowSource past() {
    if (options.getOrders() != null) {
      return OrderFiles.in(Path.of(options.getOrders()));
    }
    return History.of(
        ChainSettings.endingOn(LocalDate.now(ZoneOffset.UTC).minusDays(1))
            .withSeed(options.getSeed())
            .withPizzerias(options.getPizzerias())
            .withDays(options.getDays())
            .withOrdersPerDay(options.getOrdersPerDay()));
  }

  private void load(ChainDatabases databases, RowSource past) {
    console.step("Loading the chain's past into MySQL ...");
    LoadReport loaded =
        ChainLoader.into(databases)
            .withProgress(
                progress ->
                    console.progress(
                        "%,d rows, %,d rows/s", progress.rows(), progress.rowsPerSecond()))
            .load(past);
    console.step(
        "Past loaded: %,d rows, %,d rows/s, last day %s",
        loaded.totalRows(), loaded.rowsPerSecond(), past.lastDay());
  }

  /** Snapshot and stream run while the chain sells pizzas. */
  private void flow(Services services, Path model, ChainDatabases databases, RowSource past)
      throws Exception {
    List<String> sources = sources(services, model);
    List<String> log =
        List.of(
            "--bootstrapServers=" + services.kafka().bootstrapServers(),
            "--connect=" + services.connect().restUrl());
    larder("validate", model(model), sources.subList(2, sources.size()));
    AtomicBoolean closing = new AtomicBoolean();
    ExecutorService till = Executors.newSingleThreadExecutor(r -> new Thread(r, "live-traffic"));
    try {
      Future<LiveSummary> traffic =
          till.submit(
              () -> {
                awaitSnapshot(closing);
                return traffic(databases, past).runUntil(closing::get);
              });
      larder("snapshot", sources, log);
      larder("stream", sources, log, List.of("--trigger=AVAILABLE_NOW"));
      larder(
          "stream",
          sources,
          log,
          List.of("--trigger=INTERVAL", "--runFor=PT" + options.getSeconds() + "S"));
      closing.set(true);
      LiveSummary live = live(traffic);
      console.step(
          "Live traffic ended: %,d row changes in %,d transactions; %s",
          live.total().total(), live.transactions(), String.join("; ", live.alterations()));
    } finally {
      closing.set(true);
      till.shutdownNow();
    }
    larder("stream", sources, log, List.of("--trigger=AVAILABLE_NOW"));
    larder("mart", model(model), lake());
    larder("forecast", lake(), List.of("--lastDay=" + past.lastDay()));
    larder("verify", sources);
    larder("report", lake(), List.of("--report=" + options.getReport()));
  }

  /**
   * The traffic alters a table early: the chain opens when the connectors have learnt its tables
   * and the snapshot begins to read, which makes the bronze tables.
   */
  private void awaitSnapshot(AtomicBoolean closing) throws InterruptedException {
    while (!closing.get()
        && DeltaTables.names(lake.toString()).stream().noneMatch(name -> name.startsWith(BRONZE))) {
      TimeUnit.MILLISECONDS.sleep(POLL_MS);
    }
    console.step("The chain is open: %d row changes a second", options.getRate());
  }

  private LiveTraffic traffic(ChainDatabases databases, RowSource past) {
    Chain chain = past.chain();
    return LiveTraffic.of(chain, databases, options.getSeed())
        .withChangesPerSecond(options.getRate());
  }

  private static LiveSummary live(Future<LiveSummary> traffic) throws Exception {
    try {
      return traffic.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private void summary(Services services, Path model) {
    new DemoSummary(lake, console).print();
    console.line("");
    console.line("Look at    %s", Path.of(options.getReport()).toAbsolutePath());
    console.line("The lake   %s", lake);
    console.line("The model  %s", model);
    console.line("Next       `larder --help`; README says how to use your own MySQL.");
  }

  private void keep(Services services, Path model) throws IOException {
    console.line("");
    console.line("The services stay up until you press Enter or Ctrl-C:");
    for (String name : List.of("pos", "erp")) {
      MySqlServer server = services.mySql(name);
      Login app = server.app();
      console.line(
          "  mysql -h %s -P %d -u %s -p$(cat %s) %s",
          server.host(), server.port(), app.user(), app.passwordFile(), name);
    }
    console.line("  Kafka    %s", services.kafka().bootstrapServers());
    console.line("  Connect  %s", services.connect().restUrl());
    console.line("Options for `larder stream` and others:");
    console.line("  %s", String.join(" ", sources(services, model)));
    while (System.in.read() >= 0) {
      return;
    }
  }

  private Database database(Services services, String name) {
    MySqlServer server = services.mySql(name);
    Login app = server.app();
    return Database.at(name, server.host(), server.port(), app.user(), app.password());
  }

  private List<String> sources(Services services, Path model) {
    List<String> arguments = new ArrayList<>(model(model));
    arguments.addAll(lake());
    for (String name : List.of("pos", "erp")) {
      MySqlServer server = services.mySql(name);
      arguments.add("--source=" + name + "=" + server.sourceUrl(name, server.cdc()));
    }
    return arguments;
  }

  private static List<String> model(Path model) {
    return List.of("--model=" + model);
  }

  private List<String> lake() {
    return List.of("--lake=" + lake);
  }

  @SafeVarargs
  private void larder(String verb, List<String>... arguments) {
    List<String> all = new ArrayList<>(List.of(verb));
    all.add("--runner=" + options.getRunner().getSimpleName());
    for (List<String> part : arguments) {
      all.addAll(part);
    }
    int code = larder.run(all.toArray(String[]::new));
    if (code != 0) {
      throw new StepFailed(verb, code);
    }
  }

  /** A verb of the demo has failed; it has said why. */
  private static final class StepFailed extends LarderException {
    private static final long serialVersionUID = 1L;
    private final int code;

    StepFailed(String verb, int code) {
      super("`larder " + verb + "` ended with exit code " + code + ", see above.");
      this.code = code;
    }

    @Override
    public int exitCode() {
      return code;
    }
  }
}
