package dev.larder.io.jdbc;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.Values;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Why a snapshot cannot begin at a place of the log, or cannot be gone on with. */
final class WatchErrors {
  private static final String ANEW = " Then begin another snapshot: larder snapshot --anew=true";

  private WatchErrors() {}

  static SourceException purged(
      Source source, BinlogPosition start, String needed, BinlogFiles files) {
    return new SourceException(
        "Source "
            + source.name()
            + " ("
            + source.address()
            + ") no longer has its binlog from "
            + needed
            + " on: it has "
            + files
            + ". The snapshot that began at "
            + place(start)
            + " (P0) cannot be joined with the log. Let the server keep its log for longer than a"
            + " snapshot takes: SET PERSIST binlog_expire_logs_seconds = 604800;"
            + ANEW);
  }

  static SourceException commitsUnderWay(Source source, Set<String> gtids, Duration patience) {
    return new SourceException(
        "Source "
            + source.name()
            + " ("
            + source.address()
            + "): the transactions "
            + String.join(", ", gtids)
            + " have not been committed for "
            + patience.toSeconds()
            + " s. They may be in the binlog already, and a snapshot that begins now would not see"
            + " what they change. SHOW PROCESSLIST tells what holds them (a semi-synchronous"
            + " replica that does not answer, a long transaction of a replica); begin again when"
            + " they are over.");
  }

  static SourceException gone(Source source, TableId table) {
    return new SourceException(
        "Table "
            + table
            + " is gone while the snapshot reads it: it was dropped or renamed in database "
            + source.database()
            + " at "
            + source.address()
            + ", or user "
            + source.user()
            + " may no longer see it. Put it back or take it out of the model (or --tables), or: "
            + JdbcErrors.grantSelect(source, table.table())
            + ANEW);
  }

  static SourceException altered(Source source, TableId table, List<String> differences) {
    return new SourceException(
        "Table "
            + table
            + " ("
            + source.address()
            + ") was altered while the snapshot reads it: "
            + String.join("; ", differences)
            + ". Rows read before and after do not fit together. Correct the model if it names what"
            + " is gone."
            + ANEW);
  }

  static SourceException rowsLost(Source source, BinlogPosition start, String statement) {
    return new SourceException(
        "Source "
            + source.name()
            + " ("
            + source.address()
            + "): behind "
            + place(start)
            + ", where the snapshot began (P0), the log has: "
            + statement
            + ". It took rows away without telling which, so what the table held at P0 cannot be"
            + " known."
            + ANEW);
  }

  static NotReadyException alteredBeforeFollowed(
      Source source, BinlogPosition start, String statement) {
    return new NotReadyException(
        "Source "
            + source.name()
            + " ("
            + source.address()
            + "): a table was altered behind "
            + place(start)
            + " (P0), before the connector had learnt the tables: "
            + statement
            + ". The connector would misread what was written before. Delete the connector and"
            + " its schema history."
            + ANEW);
  }

  static NotReadyException clockWentBack(Source source, long latest, long now) {
    return new NotReadyException(
        "The clock of source "
            + source.name()
            + " ("
            + source.address()
            + ") went back: it said "
            + Values.instant(latest)
            + " and now says "
            + Values.instant(now)
            + ". Changes would seem older than the snapshot they follow. Set the server's clock"
            + " (time synchronisation), wait until it is later than it was, and start again: the"
            + " snapshot goes on.");
  }

  private static String place(BinlogPosition position) {
    return position.file() + ":" + position.position();
  }
}
