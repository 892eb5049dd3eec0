package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.log.LogCleanUp;
import dev.larder.io.delta.service.VacuumReport;
import dev.larder.io.delta.service.VacuumSettings;
import dev.larder.io.delta.service.VacuumSettings.Mode;
import dev.larder.io.delta.service.VacuumSettings.ShortRetention;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.options.VacuumOptions;
import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Deletes files that tables need no more, and what their logs hold for versions long past. */
public final class VacuumRun {
  private static final int NAMED = 10;

  private final VacuumOptions options;
  private final Console console;

  public VacuumRun(VacuumOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  public void run(RunReport report) {
    VacuumSettings settings = settings();
    long files = 0;
    long bytes = 0;
    for (String name : LakeTableNames.matching(options.getLake(), options.getTable())) {
      DeltaTable table = DeltaTable.of(options.getLake(), name);
      VacuumReport done = table.vacuum(settings);
      tell(name, done);
      int entries = options.getDryRun() ? 0 : cleanUpLog(name, table);
      files += done.deleted().size();
      bytes += done.bytesDeleted();
      report
          .add("tables")
          .put("table", name)
          .put("version", done.version())
          .put("horizon", done.horizon().toString())
          .put("files_deleted", done.deleted().size())
          .put("bytes_deleted", done.bytesDeleted())
          .put("files_needed", done.filesNeeded())
          .put("files_young", done.filesYoung())
          .put("log_files_deleted", entries);
    }
    report.put("dry_run", options.getDryRun() ? "true" : "false");
    report.put("files", files).put("bytes", bytes);
    if (options.getDryRun()) {
      console.line(
          "Nothing was deleted. Without --dryRun, %,d files (%s) would be.",
          files, Sizes.text(bytes));
    }
  }

  private VacuumSettings settings() {
    VacuumSettings settings =
        VacuumSettings.DEFAULT
            .withMode(options.getDryRun() ? Mode.DRY_RUN : Mode.DELETE)
            .withShortRetention(options.getForce() ? ShortRetention.FORCE : ShortRetention.REFUSE);
    String retention = options.getRetention();
    try {
      return retention == null ? settings : settings.withRetention(Duration.parse(retention));
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--retention=" + retention + " is no ISO-8601 duration. Write P7D or PT36H.", e);
    }
  }

  private void tell(String name, VacuumReport done) {
    boolean dry = done.mode() == Mode.DRY_RUN;
    console.step(
        "%s: %,d files (%s) %s; %,d files (%s) are needed by versions since %s, %,d are younger",
        name,
        done.deleted().size(),
        Sizes.text(done.bytesDeleted()),
        dry ? "would be deleted" : "deleted",
        done.filesNeeded(),
        Sizes.text(done.bytesNeeded()),
        done.horizon(),
        done.filesYoung());
    if (dry) {
      done.deleted().stream().limit(NAMED).forEach(file -> console.line("    %s", file));
      if (done.deleted().size() > NAMED) {
        console.line("    and %,d more", done.deleted().size() - NAMED);
      }
    }
  }

  private int cleanUpLog(String name, DeltaTable table) {
    table.checkpoint();
    LogCleanUp done = table.cleanUpLog();
    if (!done.deleted().isEmpty()) {
      console.step(
          "%s: %,d files of the log deleted; versions from %d on can be read",
          name, done.deleted().size(), done.oldestVersion());
    }
    return done.deleted().size();
  }
}
