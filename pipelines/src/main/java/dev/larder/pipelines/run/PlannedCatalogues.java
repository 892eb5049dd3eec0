package dev.larder.pipelines.run;

import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.LedgerEntry;
import dev.larder.pipelines.ledger.LedgerEntry.State;

/**
 * The sources' tables as planned batches knew them, so that a batch that is run again is decoded as
 * before. The ledger has each catalogue once, on a line of its own, however many batches are
 * planned under it.
 */
final class PlannedCatalogues {
  /** In a plan, the number of the line. */
  private static final String LINE = "catalogue_line";

  /** In a plan of an older Larder, the catalogue itself. */
  private static final String WHOLE = "catalogue";

  private final Ledger ledger;
  private long line;
  private SourceCatalog latest;

  /**
   * @param ledger with the lines that are there
   */
  PlannedCatalogues(Ledger ledger) {
    this.ledger = ledger;
    this.line = ledger.last(Ledger.CATALOGUE, State.DONE);
    this.latest = line == 0 ? null : read(line);
  }

  /** The plan with these tables. */
  BatchPlan with(BatchPlan plan, SourceCatalog tables) {
    if (!tables.equals(latest)) {
      ledger.done(Ledger.CATALOGUE, line + 1, tables.toJson());
      line++;
      latest = tables;
    }
    return plan.withProperty(LINE, Long.toString(line));
  }

  /** The tables with which a plan was made. */
  SourceCatalog of(BatchPlan plan) {
    String number = plan.properties().get(LINE);
    if (number == null) {
      return SourceCatalog.fromJson(plan.properties().get(WHOLE));
    }
    long planned = Long.parseLong(number);
    return planned == line ? latest : read(planned);
  }

  private SourceCatalog read(long number) {
    LedgerEntry entry =
        ledger
            .find(Ledger.CATALOGUE, number, State.DONE)
            .orElseThrow(() -> new IllegalStateException("the ledger has no catalogue " + number));
    return SourceCatalog.fromJson(entry.body());
  }
}
