package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.ReportOptions;
import dev.larder.pipelines.report.ReportRun;

/** {@code larder report}. */
public final class ReportVerb implements Verb<ReportOptions> {

  @Override
  public String name() {
    return "report";
  }

  @Override
  public String summary() {
    return "Writes a page for people: runs, tables, what verify found, what to order.";
  }

  @Override
  public String example() {
    return "larder report --lake=/data/lake --report=report.html";
  }

  @Override
  public Class<ReportOptions> options() {
    return ReportOptions.class;
  }

  @Override
  public void run(ReportOptions options, Console console, RunReport report) {
    new ReportRun(options, console).run(report);
  }
}
