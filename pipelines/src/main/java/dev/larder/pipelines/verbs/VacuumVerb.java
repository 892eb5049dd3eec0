package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.VacuumOptions;
import dev.larder.pipelines.run.VacuumRun;

/** {@code larder vacuum}. */
public final class VacuumVerb implements Verb<VacuumOptions> {

  @Override
  public String name() {
    return "vacuum";
  }

  @Override
  public String summary() {
    return "Deletes files that no version of a table within its retention needs, and old parts of its log.";
  }

  @Override
  public String example() {
    return "larder vacuum --lake=/data/lake --table=vault/* --dryRun";
  }

  @Override
  public Class<VacuumOptions> options() {
    return VacuumOptions.class;
  }

  @Override
  public void run(VacuumOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    new VacuumRun(options, console).run(report);
  }
}
