package dev.larder.pipelines.run;

import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.transforms.model.VaultModel;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A P0 that was given by hand ({@code --position}): the place from which another connector has
 * every change. Any place is right at which the log stood before the snapshot reads its first row,
 * for what came between is repaired like what comes while it reads (docs/adr/0003).
 *
 * @param at a time at which the log stood there or before; null if it was not given
 */
record GivenPosition(String file, long position, Instant at) {
  private static final Pattern TEXT =
      Pattern.compile(
          "(?<source>[A-Za-z][A-Za-z0-9_]*)=(?<file>[^:@]+\\.\\d+):(?<position>\\d{1,18})(@(?<at>.+))?");

  /** The given positions by source. */
  static Map<String, GivenPosition> parse(List<String> options, VaultModel model) {
    Map<String, GivenPosition> given = new LinkedHashMap<>();
    for (String option : options == null ? List.<String>of() : options) {
      Matcher text = TEXT.matcher(option);
      if (!text.matches()) {
        throw new UserException(
            "--position="
                + option
                + " is no place of a log. Write SOURCE=FILE:POSITION, for example"
                + " pos=binlog.000003:157, or with a time"
                + " pos=binlog.000003:157@2026-11-01T00:00:00Z.");
      }
      if (!model.sources().containsKey(text.group("source"))) {
        throw new UserException(
            String.format(
                "--position=%s: the model has no source \"%s\". Its sources: %s.",
                option, text.group("source"), String.join(", ", model.sources().keySet())));
      }
      given.put(
          text.group("source"),
          new GivenPosition(
              text.group("file"),
              Long.parseLong(text.group("position")),
              instant(option, text.group("at"))));
    }
    return given;
  }

  private static Instant instant(String option, String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new UserException(
          "--position=" + option + ": " + text + " is no instant. Write 2026-11-01T00:00:00Z.", e);
    }
  }

  /**
   * P0.
   *
   * @param now where the log stands now
   * @throws UserException if the place lies in the future, or its time is not known
   */
  BinlogPosition p0(String source, BinlogPosition now) {
    BinlogPosition place = new BinlogPosition(file, position, "", now.recordedAt());
    int compared = place.sequence().compareTo(now.sequence());
    if (compared > 0) {
      throw new UserException(
          String.format(
              "--position=%s=%s:%d lies behind the end of the log, %s:%d. Give the place at which"
                  + " the connector begins.",
              source, file, position, now.file(), now.position()));
    }
    if (compared == 0) {
      return now;
    }
    if (at == null) {
      throw new UserException(
          String.format(
              "--position=%s=%s:%d: the log has gone on since (to %s:%d), and rows carry the time"
                  + " at which it stood there. Add it, or any time before:"
                  + " %1$s=%2$s:%3$d@2026-11-01T00:00:00Z (mysqlbinlog --start-position=%3$d %2$s"
                  + " shows it).",
              source, file, position, now.file(), now.position()));
    }
    long recordedAt = Values.micros(at);
    if (recordedAt > now.recordedAt()) {
      throw new UserException(
          String.format(
              "--position=%s=%s:%d@%s lies in the future: the server's clock says %s.",
              source, file, position, at, Values.instant(now.recordedAt())));
    }
    return new BinlogPosition(file, position, "", recordedAt);
  }
}
