package dev.larder.pipelines.verbs;

import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableId;
import dev.larder.io.jdbc.Finding;
import dev.larder.io.jdbc.Source;
import dev.larder.io.jdbc.SourceChecks;
import dev.larder.io.kafka.KafkaOffsets;
import dev.larder.io.kafka.TopicSelection;
import dev.larder.io.kafka.connect.ConnectClient;
import dev.larder.io.kafka.connect.DebeziumConnector;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.DoctorOptions;
import dev.larder.pipelines.run.Kafkas;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.transforms.model.VaultModel;
import java.time.Duration;
import java.util.List;

/** {@code larder doctor}. */
public final class DoctorVerb implements Verb<DoctorOptions> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "doctor";
  }

  @Override
  public String summary() {
    return "Examines what it is given (MySQL, Kafka, Connect, lake) and says what to change.";
  }

  @Override
  public String example() {
    return "larder doctor --source=pos=mysql://larder@db:3306/pos?password=env:POS_PASSWORD"
        + " --bootstrapServers=kafka:9092 --connect=http://connect:8083 --lake=/data/lake";
  }

  @Override
  public Class<DoctorOptions> options() {
    return DoctorOptions.class;
  }

  @Override
  public void run(DoctorOptions options, Console console, RunReport report) {
    Examination examination = new Examination(console, report);
    VaultModel model = options.getModel() == null ? null : ModelFile.at(options.getModel()).model();
    for (String text : options.getSource() == null ? List.<String>of() : options.getSource()) {
      Source source = Source.parse(text);
      List<String> tables =
          model == null
              ? List.of()
              : model.tablesOf(source.name()).stream().map(TableId::table).toList();
      examination.look(
          "source " + source.name(),
          () -> SourceChecks.run(source, tables).forEach(f -> examination.found(source.name(), f)));
    }
    if (options.getBootstrapServers() != null) {
      examination.look("Kafka", () -> kafka(options, examination));
    }
    if (options.getConnect() != null) {
      examination.look("Connect", () -> connect(options, examination));
    }
    if (options.getLake() != null) {
      examination.look(
          "lake",
          () -> {
            LakeFiles.requireWritable(options.getLake());
            examination.fine("lake", options.getLake() + " can be written to.");
          });
    }
    examination.conclude();
  }

  private static void kafka(DoctorOptions options, Examination examination) {
    try (KafkaOffsets kafka = KafkaOffsets.open(Kafkas.connection(options))) {
      int partitions = kafka.read(TopicSelection.matching(".*")).end().size();
      examination.fine(
          "Kafka", options.getBootstrapServers() + " answers, " + partitions + " partitions");
    }
  }

  private static void connect(DoctorOptions options, Examination examination) {
    ConnectClient connect = ConnectClient.at(options.getConnect());
    connect.awaitReady(PATIENCE);
    connect.requirePlugin(DebeziumConnector.CLASS);
    examination.fine("Connect", options.getConnect() + " has the Debezium MySQL connector");
  }

  /** Tells what was found and counts what must change. */
  private static final class Examination {
    private final Console console;
    private final RunReport report;
    private int errors;
    private int sinkErrors;

    Examination(Console console, RunReport report) {
      this.console = console;
      this.report = report;
    }

    void look(String where, Runnable examine) {
      try {
        examine.run();
      } catch (LarderException e) {
        tell("ERROR", where, e.getMessage());
        errors++;
        sinkErrors += e instanceof SinkException ? 1 : 0;
      }
    }

    void found(String source, Finding finding) {
      String what =
          finding.check()
              + ": "
              + finding.what()
              + (finding.remedy().isEmpty() ? "" : " " + finding.remedy());
      tell(finding.severity().name(), "source " + source, what);
      errors += finding.severity() == Finding.Severity.ERROR ? 1 : 0;
    }

    void fine(String where, String what) {
      tell("OK", where, what);
    }

    private void tell(String severity, String where, String what) {
      console.line("%-7s %s: %s", severity, where, what);
      report.add("findings").put("severity", severity).put("where", where).put("what", what);
    }

    void conclude() {
      if (errors > 0) {
        String summary =
            errors + (errors == 1 ? " thing" : " things") + " must change before Larder can work.";
        throw errors == sinkErrors ? new SinkException(summary) : new SourceException(summary);
      }
      console.line("All is well.");
    }
  }
}
