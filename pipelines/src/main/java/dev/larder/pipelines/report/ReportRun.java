package dev.larder.pipelines.report;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.pipelines.options.ReportOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Writes the page about a lake. Reads the lake only; what cannot be read is told on the page and
 * does not keep the rest from it.
 */
public final class ReportRun {
  private static final int MAX_RUNS = 60;
  private static final int MAX_BATCHES = 400;
  private static final int MAX_MESSAGE = 4_000;

  private final ReportOptions options;
  private final Console console;

  public ReportRun(ReportOptions options, Console console) {
    this.options = options;
    this.console = console;
  }

  /**
   * @throws dev.larder.io.changes.UserException if the lake holds no table
   * @throws dev.larder.io.changes.SinkException if the file cannot be written
   */
  public void run(RunReport report) {
    ReportData data = collect(options.getLake(), Instant.now());
    String page = ReportPage.of(data);
    Path file = Path.of(options.getReport()).toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, page, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ReportErrors.cannotWrite(options.getReport(), e);
    }
    long bytes = page.getBytes(StandardCharsets.UTF_8).length;
    report.put("report", file.toString()).put("bytes", bytes);
    report.put("tables", data.tables().size()).put("notes", data.notes().size());
    console.step("Report: %,d tables, %.1f MB, %s", data.tables().size(), bytes / 1e6, file);
    data.notes().forEach(note -> console.line("Note: %s", note));
  }

  /** What a lake holds at this moment. */
  static ReportData collect(String lake, Instant now) {
    List<String> notes = new ArrayList<>();
    try (DuckDb duck = DuckDb.open()) {
      List<LakeTable> tables = new LakeTables(duck, notes).of(lake);
      if (tables.isEmpty()) {
        throw ReportErrors.emptyLake(lake);
      }
      List<PastRun> runs = PastRun.all(lake, notes);
      Ledger ledger = Ledger.open(lake);
      ledger
          .unfinished(Ledger.STREAM)
          .map(LedgerEntry::number)
          .ifPresent(number -> notes.add(ReportErrors.unfinishedBatch(number)));
      List<Batch> batches = Batches.of(ledger, runs);
      Batches.Folded folded = Batches.folded(ledger);
      List<ForecastSheet> forecasts = new ForecastSheets(lake, runs, notes).of(tables);
      VerifyOutcome verified = VerifyOutcome.last(runs).orElse(null);
      return new ReportData(
          "Larder report",
          lake + ", " + now.truncatedTo(ChronoUnit.SECONDS),
          Tiles.of(tables, folded.records(), batches, Optional.ofNullable(verified), forecasts),
          notes,
          forecasts,
          newest(batches, MAX_BATCHES),
          folded.batches() + Math.max(0, batches.size() - MAX_BATCHES),
          verified,
          LetterCount.all(duck, lake, tables),
          shown(runs),
          Math.max(0, runs.size() - MAX_RUNS),
          tables);
    } catch (SQLException e) {
      throw new IllegalStateException("counting the tables of " + lake, e);
    }
  }

  private static List<ReportData.Run> shown(List<PastRun> runs) {
    List<ReportData.Run> shown = new ArrayList<>();
    for (PastRun run : newest(runs, MAX_RUNS)) {
      String message = run.message();
      shown.add(
          new ReportData.Run(
              run.verb(),
              run.startedAt(),
              run.seconds(),
              run.exitCode(),
              message.length() > MAX_MESSAGE
                  ? message.substring(0, MAX_MESSAGE) + " ..."
                  : message));
    }
    Collections.reverse(shown);
    return shown;
  }

  private static <T> List<T> newest(List<T> all, int most) {
    return all.subList(Math.max(0, all.size() - most), all.size());
  }
}
