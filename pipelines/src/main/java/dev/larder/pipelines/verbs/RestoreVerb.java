package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.RestoreOptions;
import dev.larder.pipelines.run.RestoreRun;

/** {@code larder restore}. */
public final class RestoreVerb implements Verb<RestoreOptions> {

  @Override
  public String name() {
    return "restore";
  }

  @Override
  public String summary() {
    return "Makes an older version of a table the latest again.";
  }

  @Override
  public String example() {
    return "larder restore --lake=/data/lake --table=vault/hub_order --version=7";
  }

  @Override
  public Class<RestoreOptions> options() {
    return RestoreOptions.class;
  }

  @Override
  public void run(RestoreOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    new RestoreRun(options, console).run(report);
  }
}
