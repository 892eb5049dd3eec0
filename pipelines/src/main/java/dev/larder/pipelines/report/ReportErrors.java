package dev.larder.pipelines.report;

import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import java.io.IOException;

/** What the report tells a user who has to do something. */
final class ReportErrors {

  private ReportErrors() {}

  static UserException emptyLake(String lake) {
    return new UserException(
        String.format(
            "--lake=%s holds no table. Give the folder that bronze, vault and marts lie in, or fill"
                + " it by `larder snapshot`.",
            lake));
  }

  static SinkException cannotWrite(String file, IOException cause) {
    return new SinkException(
        String.format(
            "--report=%s cannot be written: %s. Give a file that the user who runs Larder may"
                + " write.",
            file, reason(cause)),
        cause);
  }

  static String tableLeftOut(String table, String reason) {
    return String.format("%s is left out: %s", table, reason);
  }

  static String runLeftOut(String reason) {
    return "A run report in ops/runs is left out: " + reason;
  }

  static String notAForecast(String table) {
    return String.format("%s is left out: it has not the columns of a forecast.", table);
  }

  static String noHistory(String table, String reason) {
    return String.format("%s is shown without its history: %s", table, reason);
  }

  static String unfinishedBatch(long batch) {
    return String.format(
        "Batch %d is planned and not done: the next `larder stream` runs it again, over the same"
            + " offsets.",
        batch);
  }

  private static String reason(IOException cause) {
    return cause.getClass().getSimpleName() + " " + cause.getMessage();
  }
}
