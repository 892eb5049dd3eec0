package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.larder.io.delta.DeltaTable;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.OffsetRange;
import dev.larder.pipelines.ledger.Ledger;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * The stream's ledger over many batches. {@code -Dledger.batches=100000 -Dledger.max=256} shows on
 * standard error what a batch's lines cost as their number grows.
 */
public class StreamLedgerTest {
  private static final int BATCHES = Integer.getInteger("ledger.batches", 60);
  private static final int STEP = Math.max(500, BATCHES / 10);
  private static final int MAX = Integer.getInteger("ledger.max", 8);
  private static final TopicPartition ORDERS = new TopicPartition("pos.pos.orders", 0);
  private static final TopicPartition LINES = new TopicPartition("pos.pos.order_lines", 1);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void manyBatchesLeaveAFewLinesAndEveryPosition() {
    String lake = folder.getRoot().toString();
    StreamLedger stream = new StreamLedger(Ledger.open(lake), MAX);
    stream.start(
        new TopicStart(0, Map.of(ORDERS.topic(), "a", LINES.topic(), ""), at(5, 7), "first"));
    long start = cpu();
    for (int i = 0; i < BATCHES; i++) {
      BatchPlan plan = plan(stream.nextBatch(), 5 + i);
      stream.planned(plan);
      stream.done(plan, new BatchOutcome(1, 10, 2, 30, 0, 0.5, 0.1));
      if ((i + 1) % STEP == 0) {
        System.err.printf("%d: %.2f ms CPU a batch%n", i + 1, (cpu() - start) / 1e6 / STEP);
        start = cpu();
      }
    }

    Ledger read = Ledger.open(lake);
    StreamPast past = new StreamLedger(read, MAX).past();
    assertThat(past, is(stream.past()));
    assertThat(past.batches(), is((long) BATCHES));
    assertThat(past.positions(), is(at(5 + BATCHES, 7)));
    assertThat(past.ids().get(ORDERS.topic()), is("a"));
    assertThat(
        past.total(),
        is(
            new BatchOutcome(
                BATCHES, 10L * BATCHES, 2L * BATCHES, 30L * BATCHES, 0, 0.5 * BATCHES, 0.1)));
    assertThat(read.entries(Ledger.STREAM).size(), is(lessThanOrEqualTo(2 * MAX + 1)));
    assertThat(
        DeltaTable.of(lake, Ledger.TABLE).latest().files().size(), is(lessThanOrEqualTo(64)));
  }

  @Test
  public void aBatchInWhichAProcessDiedIsFoundBehindAFold() {
    String lake = folder.getRoot().toString();
    StreamLedger stream = new StreamLedger(Ledger.open(lake), MAX);
    for (int i = 0; i < MAX; i++) {
      BatchPlan plan = plan(stream.nextBatch(), i);
      stream.planned(plan);
      stream.done(plan, BatchOutcome.NOTHING);
    }
    BatchPlan cut = plan(stream.nextBatch(), MAX);
    stream.planned(cut);

    StreamLedger next = new StreamLedger(Ledger.open(lake), MAX);

    assertThat(next.unfinished().orElseThrow(), is(cut));
    assertThat(next.past().positions(), is(Map.of(ORDERS, (long) MAX)));
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static Map<TopicPartition, Long> at(long orders, long lines) {
    return Map.of(ORDERS, orders, LINES, lines);
  }

  private static BatchPlan plan(long batch, long from) {
    OffsetRange range = new OffsetRange(ORDERS.topic(), 0, from, from + 1);
    return new BatchPlan(batch, List.of(range), Map.of());
  }
}
