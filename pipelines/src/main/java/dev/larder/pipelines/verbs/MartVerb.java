package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.mart.MartRun;
import dev.larder.pipelines.options.MartOptions;

/** {@code larder mart}. */
public final class MartVerb implements Verb<MartOptions> {

  @Override
  public String name() {
    return "mart";
  }

  @Override
  public String summary() {
    return "Builds business satellites, PITs, bridges and marts from the vault.";
  }

  @Override
  public String example() {
    return "larder mart --model=vault.yaml --lake=/data/lake --only=product_pit,sales_daily";
  }

  @Override
  public Class<MartOptions> options() {
    return MartOptions.class;
  }

  @Override
  public void run(MartOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    new MartRun(options, console).run(report);
  }
}
