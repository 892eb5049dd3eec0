package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.BackfillOptions;
import dev.larder.pipelines.run.BackfillRun;
import dev.larder.pipelines.run.ModelFile;

/** {@code larder backfill}. */
public final class BackfillVerb implements Verb<BackfillOptions> {

  @Override
  public String name() {
    return "backfill";
  }

  @Override
  public String summary() {
    return "Loads the vault from bronze: all tables or some, all time or a part.";
  }

  @Override
  public String example() {
    return "larder backfill --model=vault.yaml --lake=/data/lake --tables=pos.orders --from=2026-11-01T00:00:00Z";
  }

  @Override
  public Class<BackfillOptions> options() {
    return BackfillOptions.class;
  }

  @Override
  public void run(BackfillOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    new BackfillRun(options, ModelFile.at(options.getModel()).model(), console).run(report);
  }
}
