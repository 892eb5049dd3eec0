package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.OptimizeOptions;
import dev.larder.pipelines.run.OptimizeRun;

/** {@code larder optimize}. */
public final class OptimizeVerb implements Verb<OptimizeOptions> {

  @Override
  public String name() {
    return "optimize";
  }

  @Override
  public String summary() {
    return "Makes small files of tables large, or clusters rows by columns.";
  }

  @Override
  public String example() {
    return "larder optimize --lake=/data/lake --table=vault/* --targetFileSize=64MiB";
  }

  @Override
  public Class<OptimizeOptions> options() {
    return OptimizeOptions.class;
  }

  @Override
  public void run(OptimizeOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    new OptimizeRun(options, console).run(report);
  }
}
