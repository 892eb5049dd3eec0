package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.RehashOptions;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.RehashRun;

/** {@code larder rehash}. */
public final class RehashVerb implements Verb<RehashOptions> {

  @Override
  public String name() {
    return "rehash";
  }

  @Override
  public String summary() {
    return "Makes tables of the vault anew from bronze, with the hashes the model asks for now.";
  }

  @Override
  public String example() {
    return "larder rehash --model=vault.yaml --lake=/data/lake --all";
  }

  @Override
  public Class<RehashOptions> options() {
    return RehashOptions.class;
  }

  @Override
  public void run(RehashOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    new RehashRun(options, ModelFile.at(options.getModel()).model(), console).run(report);
  }
}
