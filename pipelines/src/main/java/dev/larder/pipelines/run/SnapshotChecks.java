package dev.larder.pipelines.run;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.jdbc.Finding;
import dev.larder.io.jdbc.Source;
import dev.larder.io.jdbc.SourceChecks;
import dev.larder.io.jdbc.SourceWatch;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.pipelines.ledger.SnapshotPlan;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * All that can make a snapshot inexact or impossible, and when it is looked for:
 *
 * <ul>
 *   <li>before P0 is recorded: the server's settings, the user's rights, the tables ({@link
 *       #requireFit});
 *   <li>once the connectors have learnt the tables: no table was altered since P0 ({@link
 *       #followedFrom});
 *   <li>before each wave, also the first of a process that goes on with another's snapshot, and at
 *       the end: the log behind P0 is there, the tables are what they were, the clock has not gone
 *       back ({@link #requireSame}).
 * </ul>
 */
final class SnapshotChecks {
  /** All that a snapshot needs whose log connectors will follow. */
  static final Predicate<String> FOLLOWED = check -> true;

  /** All that a snapshot needs whose log somebody else follows. */
  static final Predicate<String> RECORDED = check -> !check.equals("right REPLICATION SLAVE");

  /** All that reading tables needs. */
  static final Predicate<String> READ = check -> check.startsWith("table");

  private final String lake;
  private final SnapshotPlan plan;
  private final Sources sources;
  private final Connectors connectors;
  private final Map<String, SourceWatch> watches = new LinkedHashMap<>();

  SnapshotChecks(String lake, Sources sources, Connectors connectors, SnapshotPlan plan) {
    this.lake = lake;
    this.plan = plan;
    this.sources = sources;
    this.connectors = connectors;
    for (Source source : sources.all()) {
      List<TableSchema> tables =
          plan.tables().stream()
              .map(TablePlan::table)
              .filter(table -> table.id().source().equals(source.name()))
              .toList();
      if (!tables.isEmpty()) {
        watches.put(
            source.name(), new SourceWatch(source, plan.positions().get(source.name()), tables));
      }
    }
  }

  /**
   * @param needed checks, by name, whose errors count
   * @throws SourceException with all that must change at the sources
   */
  static void requireFit(Sources sources, Collection<TableId> tables, Predicate<String> needed) {
    for (Source source : sources.all()) {
      List<String> names =
          tables.stream()
              .filter(table -> table.source().equals(source.name()))
              .map(TableId::table)
              .toList();
      if (names.isEmpty()) {
        continue;
      }
      List<String> errors =
          SourceChecks.run(source, names).stream()
              .filter(finding -> finding.severity() == Finding.Severity.ERROR)
              .filter(finding -> needed.test(finding.check()))
              .map(finding -> finding.check() + ": " + finding.what() + " " + finding.remedy())
              .toList();
      if (!errors.isEmpty()) {
        throw new SourceException(
            String.format(
                "Source %s (%s) is not fit for a snapshot:%n%s",
                source.name(), source.address(), String.join(System.lineSeparator(), errors)));
      }
    }
  }

  /**
   * @param followed sources whose connectors were started at P0
   * @throws dev.larder.io.changes.NotReadyException if a table was altered before they were
   */
  void followedFrom(Collection<String> followed) {
    followed.stream()
        .filter(watches::containsKey)
        .forEach(s -> watches.get(s).requireNoStatement());
  }

  /**
   * @return where the logs stand now
   * @throws dev.larder.io.changes.LarderException if the snapshot cannot be gone on with
   */
  Map<String, BinlogPosition> requireSame() {
    watches.values().forEach(SourceWatch::requireTables);
    if (plan.positions().values().stream().noneMatch(BinlogPosition::hasLog)) {
      return plan.positions();
    }
    return requireSameLog();
  }

  private Map<String, BinlogPosition> requireSameLog() {
    Map<String, BinlogPosition> now = sources.positions();
    Map<String, Sequence> read = connectors.positions();
    watches.forEach(
        (source, watch) -> {
          watch.requireClock(now.get(source));
          watch.requireRows();
          BinlogPosition start = plan.positions().get(source);
          Sequence follower = read.get(source);
          if (follower != null && follower.compareTo(start.sequence()) >= 0) {
            watch.requireLog(file(start, follower.file()), follower.position());
          } else if (!isRead(source, start)) {
            watch.requireLog(start.file(), start.position());
          }
        });
    return now;
  }

  /** Whether events behind P0 are in bronze: then somebody else has read the log there. */
  private boolean isRead(String source, BinlogPosition start) {
    List<TableId> tables =
        plan.ids().stream().filter(table -> table.source().equals(source)).toList();
    Sequence p0 = start.sequence();
    // Behind the rows of the snapshot, which carry P0.
    return Bronze.logReached(lake, tables, new Sequence(p0.file(), p0.position(), p0.row() + 1));
  }

  /** The name of another file of the same log. */
  private static String file(BinlogPosition like, long ordinal) {
    int dot = like.file().lastIndexOf('.') + 1;
    int digits = like.file().length() - dot;
    return like.file().substring(0, dot) + String.format(Locale.ROOT, "%0" + digits + "d", ordinal);
  }
}
