package dev.larder.pipelines.verbs;

import dev.larder.io.changes.TableId;
import dev.larder.io.jdbc.Source;
import dev.larder.io.jdbc.SourceChecks;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.DoctorOptions;
import dev.larder.pipelines.run.Kafkas;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.transforms.model.VaultModel;
import java.util.List;

/** {@code larder doctor}. */
public final class DoctorVerb implements Verb<DoctorOptions> {
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
    LogDoctor log = new LogDoctor(options, model, examination);
    if (Kafkas.isGiven(options)) {
      examination.look("Kafka", log::kafka);
    }
    if (options.getConnect() != null) {
      examination.look("Connect", log::connect);
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
}
