package dev.larder.testdata.chain;

import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;

/**
 * What all live steps share: the chain, a session on each server, the dice, and the chain's own
 * time, which goes on by one to three seconds a step and has nothing to do with a clock.
 */
final class LiveShop implements AutoCloseable {
  private static final LocalTime OPENS = LocalTime.of(11, 0);

  final Chain chain;
  final LiveSession pos;
  final LiveSession erp;
  final Dice dice;
  private LocalDateTime now;

  private LiveShop(Chain chain, LiveSession pos, LiveSession erp, Dice dice) {
    this.chain = chain;
    this.pos = pos;
    this.erp = erp;
    this.dice = dice;
  }

  /** Opens both sessions; time begins at 11:00 of the day after the last order. */
  static LiveShop open(Chain chain, ChainDatabases databases, Dice dice) throws SQLException {
    LiveSession pos = new LiveSession(databases.pos());
    try {
      LiveShop shop = new LiveShop(chain, pos, new LiveSession(databases.erp()), dice);
      String lastOrder =
          (String)
              pos.query("SELECT DATE_FORMAT(MAX(ordered_at), '%Y-%m-%dT%T') FROM pos.orders")
                  .get(0)[0];
      if (lastOrder == null) {
        throw ChainErrors.nothingLoaded(databases.pos());
      }
      shop.now = LocalDateTime.parse(lastOrder).toLocalDate().plusDays(1).atTime(OPENS);
      return shop;
    } catch (SQLException | RuntimeException e) {
      pos.close();
      throw e;
    }
  }

  void tick() {
    now = now.plusNanos((1_000_000L + dice.below(2_000_000)) * 1_000);
  }

  void startAt(LocalDateTime value) {
    now = value;
  }

  /** The chain's time, microseconds. */
  LocalDateTime now() {
    return now;
  }

  /** The chain's time in milliseconds, as tills write it. */
  LocalDateTime nowInMillis() {
    return now.withNano(now.getNano() / 1_000_000 * 1_000_000);
  }

  <T> T any(List<T> list) {
    return list.get(dice.below(list.size()));
  }

  /** The session of a table's server. */
  LiveSession session(ChainTable table) {
    return table.database().equals("pos") ? pos : erp;
  }

  @Override
  public void close() throws SQLException {
    try (pos) {
      erp.close();
    }
  }
}
