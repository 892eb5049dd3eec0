package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.ForecastOptions;
import dev.larder.pipelines.run.ForecastRun;

/** {@code larder forecast}. */
public final class ForecastVerb implements Verb<ForecastOptions> {

  @Override
  public String name() {
    return "forecast";
  }

  @Override
  public String summary() {
    return "Forecasts the days to come of a daily mart, with 80 % intervals.";
  }

  @Override
  public String example() {
    return "larder forecast --lake=/data/lake --mart=material_consumption_daily --horizon=10";
  }

  @Override
  public Class<ForecastOptions> options() {
    return ForecastOptions.class;
  }

  @Override
  public void run(ForecastOptions options, Console console, RunReport report) {
    LakeFiles.requireWritable(options.getLake());
    new ForecastRun(options, console).run(report);
  }
}
