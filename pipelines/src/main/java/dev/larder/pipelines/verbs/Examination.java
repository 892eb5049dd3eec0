package dev.larder.pipelines.verbs;

import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.SourceException;
import dev.larder.io.jdbc.Finding;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;

/** Tells what was found and counts what must change. */
final class Examination {
  private final Console console;
  private final RunReport report;
  private int errors;
  private int sinkErrors;

  Examination(Console console, RunReport report) {
    this.console = console;
    this.report = report;
  }

  void look(String where, Runnable examine) {
    try {
      examine.run();
    } catch (LarderException e) {
      tell("ERROR", where, e.getMessage());
      errors++;
      sinkErrors += e instanceof SinkException ? 1 : 0;
    }
  }

  void found(String source, Finding finding) {
    String what =
        finding.check()
            + ": "
            + finding.what()
            + (finding.remedy().isEmpty() ? "" : " " + finding.remedy());
    tell(finding.severity().name(), "source " + source, what);
    errors += finding.severity() == Finding.Severity.ERROR ? 1 : 0;
  }

  void warn(String where, String what) {
    tell("WARNING", where, what);
  }

  void wrong(String where, String what) {
    tell("ERROR", where, what);
    errors++;
  }

  void fine(String where, String what) {
    tell("OK", where, what);
  }

  private void tell(String severity, String where, String what) {
    console.line("%-7s %s: %s", severity, where, what);
    report.add("findings").put("severity", severity).put("where", where).put("what", what);
  }

  void conclude() {
    if (errors > 0) {
      String summary =
          errors + (errors == 1 ? " thing" : " things") + " must change before Larder can work.";
      throw errors == sinkErrors ? new SinkException(summary) : new SourceException(summary);
    }
    console.line("All is well.");
  }
}
