package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.SnapshotOptions;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.SnapshotRun;
import dev.larder.pipelines.run.Sources;

/** {@code larder snapshot}. */
public final class SnapshotVerb implements Verb<SnapshotOptions> {

  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public String summary() {
    return "Reads source tables into bronze, side by side and without a lock, and starts the"
        + " connectors there.";
  }

  @Override
  public String example() {
    return "larder snapshot --model=vault.yaml --lake=/data/lake"
        + " --source=pos=mysql://larder@db:3306/pos?password=env:POS_PASSWORD"
        + " --connect=http://connect:8083 --bootstrapServers=kafka:9092";
  }

  @Override
  public Class<SnapshotOptions> options() {
    return SnapshotOptions.class;
  }

  @Override
  public void run(SnapshotOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    Sources sources = Sources.of(ModelFile.at(options.getModel()).model(), options.getSource());
    new SnapshotRun(options, sources, console).run(report);
    if (options.getCompare()) {
      console.line("Next: `larder mart`; the same command again when the sources have changed.");
      return;
    }
    console.line("Next: `larder stream` takes the log from there into bronze and the vault.");
  }
}
