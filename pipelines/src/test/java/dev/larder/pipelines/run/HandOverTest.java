package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.ledger.Ledger;
import dev.larder.pipelines.ledger.SnapshotEntry;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What the ledger says of snapshots on their way into the vault. */
public class HandOverTest {
  private static final TableId ORDERS = TableId.parse("pos.orders");
  private static final TableId PRODUCTS = TableId.parse("pos.products");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Ledger ledger;
  private HandOver handOver;

  @Before
  public void open() {
    String lake = folder.getRoot().toString();
    ledger = Ledger.open(lake);
    handOver = new HandOver(PipelineOptionsFactory.create(), lake, Console.system());
  }

  @Test
  public void nothingIsLiveOrWaitsBeforeASnapshotIsRead() {
    assertThat(HandOver.live(ledger), is(empty()));
    assertThat(HandOver.waiting(ledger), is(empty()));

    plan(1, ORDERS);

    assertThat(HandOver.live(ledger), is(empty()));
    assertThat(HandOver.waiting(ledger), is(empty()));
  }

  @Test
  public void aSnapshotThatIsReadWaits() {
    plan(1, ORDERS);
    read(1, 300, ORDERS);

    assertThat(HandOver.waiting(ledger), contains(1L));
    assertThat(HandOver.live(ledger), is(empty()));
  }

  @Test
  public void aSnapshotWhoseHandOverWasCutOffWaits() {
    plan(1, ORDERS);
    read(1, 300, ORDERS);
    ledger.planned(Ledger.HAND_OVER, 1, "{}");

    assertThat(HandOver.waiting(ledger), contains(1L));
    assertThat(HandOver.live(ledger), is(empty()));
  }

  @Test
  public void tablesAreLiveOnceTheVaultHasThem() {
    plan(1, ORDERS);
    read(1, 300, ORDERS);
    handOver(1);

    assertThat(HandOver.live(ledger), contains(ORDERS));
    assertThat(HandOver.waiting(ledger), is(empty()));
  }

  @Test
  public void tablesStayLiveWhileTheyAreReadOnceMore() {
    plan(1, ORDERS);
    read(1, 300, ORDERS);
    handOver(1);
    plan(2, ORDERS, PRODUCTS);
    read(2, 300, ORDERS, PRODUCTS);

    assertThat(HandOver.live(ledger), contains(ORDERS));
    assertThat(HandOver.waiting(ledger), contains(2L));
  }

  @Test
  public void theLogHasPassedASnapshotDuringWhichNothingWasWritten() {
    plan(1, ORDERS);
    read(1, 100, ORDERS);

    assertThat(handOver.isPassed(ledger, 1, Map.of()), is(true));
  }

  @Test
  public void theLogHasPassedWhenTheConnectorHasReadToTheEnd() {
    plan(1, ORDERS);
    read(1, 300, ORDERS);

    assertThat(handOver.isPassed(ledger, 1, Map.of()), is(false));
    assertThat(handOver.isPassed(ledger, 1, connectorAt(299)), is(false));
    assertThat(handOver.isPassed(ledger, 1, connectorAt(300)), is(true));
  }

  private void plan(long number, TableId... tables) {
    ledger.planned(Ledger.SNAPSHOT, number, entry(100, tables));
  }

  private void read(long number, long end, TableId... tables) {
    ledger.done(Ledger.SNAPSHOT, number, entry(end, tables));
  }

  private void handOver(long number) {
    ledger.planned(Ledger.HAND_OVER, number, "{}");
    ledger.done(Ledger.HAND_OVER, number, "{}");
  }

  private static String entry(long position, TableId... tables) {
    return SnapshotEntry.of(
            List.of(tables), Map.of("pos", new BinlogPosition("binlog.000002", position, "", 0)))
        .toJson();
  }

  private static Map<String, Sequence> connectorAt(long position) {
    return Map.of("pos", Sequence.of("binlog.000002", position, 0));
  }
}
