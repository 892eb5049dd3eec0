package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.VerifyOptions;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.Sources;
import dev.larder.pipelines.verify.VerifyRun;

/** {@code larder verify}. */
public final class VerifyVerb implements Verb<VerifyOptions> {

  @Override
  public String name() {
    return "verify";
  }

  @Override
  public String summary() {
    return "Compares the vault with its sources, row by row and column by column.";
  }

  @Override
  public String example() {
    return "larder verify --model=vault.yaml --lake=/data/lake --source=pos=mysql://larder@db:3306/pos?password=env:POS_PASSWORD";
  }

  @Override
  public Class<VerifyOptions> options() {
    return VerifyOptions.class;
  }

  @Override
  public void run(VerifyOptions options, Console console, RunReport report) {
    Sources sources = Sources.of(ModelFile.at(options.getModel()).model(), options.getSource());
    new VerifyRun(options, sources, console).run(report);
  }
}
