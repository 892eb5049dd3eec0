package dev.larder.io.delta;

import dev.larder.io.changes.UserException;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.log.TableLog;
import dev.larder.io.delta.log.TableState;
import dev.larder.io.delta.log.VersionChanges;
import java.util.List;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.TupleTag;

/** Lists the files that hold the changes of a table's versions. */
final class PlanChangesFn extends DoFn<String, ChangeSplit> {
  private static final long serialVersionUID = 1L;

  /** Files all of whose rows are changes. */
  static final TupleTag<ChangeSplit> DIRECT =
      new TupleTag<>("direct") {
        private static final long serialVersionUID = 1L;
      };

  /** Files whose rows may be in others of the version too. */
  static final TupleTag<ChangeSplit> COMPARED =
      new TupleTag<>("compared") {
        private static final long serialVersionUID = 1L;
      };

  private final ChangePlan plan;
  private final Counter planned = Metrics.counter(DeltaIO.class, MetricNames.FILES_PLANNED);

  PlanChangesFn(ChangePlan plan) {
    this.plan = plan;
  }

  @ProcessElement
  public void process(@Element String table, MultiOutputReceiver out) {
    TableLog log = DeltaLogs.of(plan.lake(), table);
    TableState latest = log.latest().orElseThrow(() -> DeltaErrors.noSuchTable(log.location()));
    long after = version(log, plan.after());
    long upTo = plan.upTo() == null ? latest.version() : version(log, plan.upTo());
    if (after < -1 || after > upTo || upTo > latest.version()) {
      throw DeltaErrors.changesRange(log.location(), after, upTo, latest.version());
    }
    if (after == upTo) {
      return;
    }
    TableState last = log.at(upTo);
    VersionSplits splits =
        new VersionSplits(log, table, last, ChangeKey.of(log.location(), table, plan, last));
    List<VersionChanges> versions = changes(log, after + 1, upTo);
    splits.requireReadable(versions);
    for (VersionChanges version : versions) {
      for (ChangeSplit split : splits.of(version)) {
        out.get(split.parts() == 0 ? DIRECT : COMPARED).output(split);
        planned.inc(split.slices().stream().map(FileSlice::file).distinct().count());
      }
    }
  }

  private static long version(TableLog log, ChangePlan.Place place) {
    return place.time() == null ? place.version() : log.versionAsOf(place.time());
  }

  private static List<VersionChanges> changes(TableLog log, long from, long to) {
    try {
      return log.changes(from, to);
    } catch (UserException e) {
      throw DeltaErrors.changesGone(log.location(), from, ChangeHistory.availableAfter(log, to), e);
    }
  }
}
