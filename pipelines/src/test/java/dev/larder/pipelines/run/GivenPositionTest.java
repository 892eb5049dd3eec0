package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

public class GivenPositionTest {
  private static final VaultModel MODEL =
      VaultModelReader.read(
          "vault.yaml",
          """
          vault: shop
          sources:
            pos: {database: pos, record_source: POS}
          hubs:
            order: {key: number}
          tables:
            pos.orders: {order: id}
          """);
  private static final BinlogPosition NOW =
      new BinlogPosition(
          "binlog.000003", 500, "a:1-5", Values.micros(Instant.parse("2026-11-21T12:00:00Z")));

  private static BinlogPosition p0(String option) {
    return GivenPosition.parse(List.of(option), MODEL).get("pos").p0("pos", NOW);
  }

  private static void assertRefused(String option, String message) {
    assertThat(assertThrows(UserException.class, () -> p0(option)).getMessage(), is(message));
  }

  @Test
  public void whereTheLogStandsNowNeedsNoTime() {
    assertThat(p0("pos=binlog.000003:500"), is(NOW));
  }

  @Test
  public void anEarlierPlaceHasTheTimeThatWasGiven() {
    assertThat(
        p0("pos=binlog.000002:157@2026-11-20T00:00:00Z"),
        is(
            new BinlogPosition(
                "binlog.000002", 157, "", Values.micros(Instant.parse("2026-11-20T00:00:00Z")))));
  }

  @Test
  public void anEarlierPlaceWithoutATimeIsRefused() {
    assertRefused(
        "pos=binlog.000002:157",
        "--position=pos=binlog.000002:157: the log has gone on since (to binlog.000003:500), and"
            + " rows carry the time at which it stood there. Add it, or any time before:"
            + " pos=binlog.000002:157@2026-11-01T00:00:00Z (mysqlbinlog --start-position=157"
            + " binlog.000002 shows it).");
  }

  @Test
  public void aPlaceOrTimeInTheFutureIsRefused() {
    assertRefused(
        "pos=binlog.000004:4",
        "--position=pos=binlog.000004:4 lies behind the end of the log, binlog.000003:500. Give the"
            + " place at which the connector begins.");
    assertRefused(
        "pos=binlog.000002:4@2026-12-01T00:00:00Z",
        "--position=pos=binlog.000002:4@2026-12-01T00:00:00Z lies in the future: the server's clock"
            + " says 2026-11-21T12:00:00Z.");
  }

  @Test
  public void whatIsNoPlaceIsRefused() {
    assertRefused(
        "pos=157",
        "--position=pos=157 is no place of a log. Write SOURCE=FILE:POSITION, for example"
            + " pos=binlog.000003:157, or with a time pos=binlog.000003:157@2026-11-01T00:00:00Z.");
    assertRefused(
        "erp=binlog.000003:157",
        "--position=erp=binlog.000003:157: the model has no source \"erp\". Its sources: pos.");
    assertRefused(
        "pos=binlog.000003:157@yesterday",
        "--position=pos=binlog.000003:157@yesterday: yesterday is no instant. Write"
            + " 2026-11-01T00:00:00Z.");
  }
}
