package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.ReplayOptions;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.ReplayRun;
import dev.larder.pipelines.run.Sources;

/** {@code larder replay}. */
public final class ReplayVerb implements Verb<ReplayOptions> {

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public String summary() {
    return "Puts dead letters back, each in its place in the order of changes.";
  }

  @Override
  public String example() {
    return "larder replay --model=vault.yaml --lake=/data/lake"
        + " --source=pos=mysql://larder@db:3306/pos?password=env:POS_PASSWORD"
        + " --mended=mended.jsonl";
  }

  @Override
  public Class<ReplayOptions> options() {
    return ReplayOptions.class;
  }

  @Override
  public void run(ReplayOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    Sources sources = Sources.of(ModelFile.at(options.getModel()).model(), options.getSource());
    new ReplayRun(options, sources, console).run(report);
  }
}
