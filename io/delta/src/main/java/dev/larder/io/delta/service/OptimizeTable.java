package dev.larder.io.delta.service;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.error.ServiceErrors;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code optimize} of one table, step by step: {@link #splits} are run first, then {@link
 * #rewrites} are asked for and run. Groups may be run side by side, on any worker, or not at all:
 * each is a version of its own that changes no row, and what is missing is done by the next run.
 */
public final class OptimizeTable {
  private static final Logger LOG = LoggerFactory.getLogger(OptimizeTable.class);
  private static final Set<Kind> ORDERED = EnumSet.range(Kind.BOOLEAN, Kind.TIMESTAMP);

  private final String name;
  private final TableLog log;
  private final OptimizeSettings settings;

  /**
   * @param name the table's path below the lake
   */
  public OptimizeTable(String name, TableLog log, OptimizeSettings settings) {
    this.name = name;
    this.log = log;
    this.settings = settings;
  }

  /**
   * Files whose rows have to be put into buckets; none for most tables.
   *
   * @throws dev.larder.io.changes.UserException if there is no such table, it must not be written,
   *     or it cannot be clustered by the columns
   */
  public List<FileGroup> splits() {
    TableState table = checked();
    return FileGroup.of(name, plan(table).split(table.files()));
  }

  /** Files to be made larger or to be clustered; throws as {@link #splits} does. */
  public List<FileGroup> rewrites() {
    TableState table = checked();
    return FileGroup.of(name, plan(table).rewrite(table.files()));
  }

  /**
   * Writes a group's files anew and commits them, as far as they are still live.
   *
   * @param progress takes numbers of rows as they are written
   */
  public RewriteResult run(FileGroup group, LongConsumer progress) {
    return new GroupRewrite(log, settings, progress).run(group);
  }

  /** All of it on this worker, one group after the other. */
  public OptimizeReport run() {
    List<RewriteResult> results = new ArrayList<>();
    splits().forEach(group -> results.add(run(group, any -> {})));
    rewrites().forEach(group -> results.add(run(group, any -> {})));
    return finish(results);
  }

  /** Leaves a checkpoint if anything was done, and sums up. */
  public OptimizeReport finish(Iterable<RewriteResult> results) {
    RewriteResult sum = RewriteResult.NOTHING;
    for (RewriteResult result : results) {
      sum = sum.plus(result);
    }
    if (sum.commits() > 0) {
      checkpoint();
    }
    long version = log.latest().map(TableState::version).orElse(-1L);
    return new OptimizeReport(name, version, sum);
  }

  /** A checkpoint only saves time. */
  private void checkpoint() {
    try {
      log.checkpoint();
    } catch (RuntimeException e) {
      LOG.warn("{}: no checkpoint after optimize; the next one is tried later", log.location(), e);
    }
  }

  private FilePlan plan(TableState table) {
    return new FilePlan(settings.in(log.location(), table), Buckets.of(table));
  }

  private TableState checked() {
    TableState table = log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
    log.requireWritable();
    for (String column : settings.clusterBy()) {
      requireOrdered(table, column);
    }
    return table;
  }

  private void requireOrdered(TableState table, String column) {
    RowSchema schema = table.schema();
    if (schema.find(column) < 0) {
      throw DeltaErrors.noSuchColumn(log.location(), column, schema.names());
    }
    if (table.partitionColumns().contains(column)) {
      throw ServiceErrors.clusteredByPartition(log.location(), column);
    }
    if (!ORDERED.contains(schema.column(schema.position(column)).type().kind())) {
      throw ServiceErrors.notOrdered(
          log.location(), column, schema.column(schema.position(column)).type());
    }
  }
}
