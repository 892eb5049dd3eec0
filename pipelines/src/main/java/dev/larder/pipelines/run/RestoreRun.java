package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.service.RestoreReport;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.options.RestoreOptions;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Makes an older version of a table the latest again. */
public final class RestoreRun {
  private final RestoreOptions options;
  private final Console console;

  public RestoreRun(RestoreOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  public void run(RunReport report) {
    if ((options.getVersion() == null) == (options.getTimestamp() == null)) {
      throw new UserException("Give --version or --timestamp, one of them.");
    }
    String name = LakeTableNames.one(options.getLake(), options.getTable());
    DeltaTable table = DeltaTable.of(options.getLake(), name);
    RestoreReport done =
        options.getVersion() != null
            ? table.restore(options.getVersion())
            : table.restore(time(options.getTimestamp()));
    report
        .put("table", name)
        .put("restored", done.restored())
        .put("version", done.version())
        .put("files_restored", done.filesRestored())
        .put("files_removed", done.filesRemoved());
    if (done.restored() == done.version()) {
      console.step("%s: version %d is the latest already", name, done.version());
    } else {
      console.step(
          "%s: version %d is the latest again, as version %d: %,d files restored (%s), %,d removed"
              + " (%s)",
          name,
          done.restored(),
          done.version(),
          done.filesRestored(),
          Sizes.text(done.bytesRestored()),
          done.filesRemoved(),
          Sizes.text(done.bytesRemoved()));
      console.line(
          "Next: a stream does not load again what is gone now; `larder backfill` loads the vault"
              + " from bronze.");
    }
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--timestamp=" + text + " is no instant. Write it like 2026-11-01T00:00:00Z.", e);
    }
  }
}
