package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.HistoryOptions;
import dev.larder.pipelines.run.HistoryRun;

/** {@code larder history}. */
public final class HistoryVerb implements Verb<HistoryOptions> {

  @Override
  public String name() {
    return "history";
  }

  @Override
  public String summary() {
    return "Shows what was done to a table, version by version.";
  }

  @Override
  public String example() {
    return "larder history --lake=/data/lake --table=vault/hub_order";
  }

  @Override
  public Class<HistoryOptions> options() {
    return HistoryOptions.class;
  }

  @Override
  public void run(HistoryOptions options, Console console, RunReport report) {
    new HistoryRun(options, console).run();
  }
}
