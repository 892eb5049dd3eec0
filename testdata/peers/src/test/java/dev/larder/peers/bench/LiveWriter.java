package dev.larder.peers.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes the orders at a rate: 70 % updates, 25 % creates, 5 % deletes. Each change that leaves a
 * row bears its number, so that it is known in the vault.
 */
final class LiveWriter implements Runnable {
  private static final long SEED = 7;
  private static final int UPDATES = 70;
  private static final int UPDATES_AND_CREATES = 95;

  private final Connection connection;
  private final int rate;
  private final int transaction;
  private final long count;
  private final AtomicLongArray committedMillis;
  private final SplittableRandom random = new SplittableRandom(SEED);
  private long keys;
  private volatile long written;

  /**
   * @param keys that are there, from 1 on
   * @param rate changes a second
   * @param transaction changes in one
   * @param count changes in all
   */
  LiveWriter(Connection connection, long keys, int rate, int transaction, long count) {
    this.connection = connection;
    this.keys = keys;
    this.rate = rate;
    this.transaction = transaction;
    this.count = count;
    this.committedMillis = new AtomicLongArray(Math.toIntExact(count));
  }

  /** Changes that are committed. */
  long written() {
    return written;
  }

  /** When a change was committed, or 0 if it left no row, or is yet to come. */
  long committedMillis(long number) {
    return committedMillis.get((int) number);
  }

  @Override
  public void run() {
    try (PreparedStatement update =
            connection.prepareStatement(
                "UPDATE orders SET quantity = ?, status = ?, change_no = ? WHERE id = ?");
        PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO orders (pizzeria_id, customer_id, product_code, quantity, price,"
                    + " status, created_at, change_no) VALUES (?, ?, ?, ?, ?, 'CREATED', NOW(6),"
                    + " ?)");
        Statement delete = connection.createStatement()) {
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      boolean[] leavesARow = new boolean[transaction];
      for (long number = 0; number + transaction <= count; number += transaction) {
        LockSupport.parkNanos(start + number * 1_000_000_000L / rate - System.nanoTime());
        for (int i = 0; i < transaction; i++) {
          leavesARow[i] = change(number + i, update, insert, delete);
        }
        connection.commit();
        long now = System.currentTimeMillis();
        for (int i = 0; i < transaction; i++) {
          if (leavesARow[i]) {
            committedMillis.set((int) (number + i), now);
          }
        }
        written = number + transaction;
      }
    } catch (SQLException e) {
      throw new IllegalStateException("changing the orders failed", e);
    }
  }

  private boolean change(
      long number, PreparedStatement update, PreparedStatement insert, Statement delete)
      throws SQLException {
    int dice = random.nextInt(100);
    if (dice < UPDATES) {
      update.setInt(1, 1 + random.nextInt(6));
      update.setString(2, Orders.STATUS.get(random.nextInt(Orders.STATUS.size())));
      update.setLong(3, number);
      update.setLong(4, 1 + random.nextLong(keys));
      return update.executeUpdate() > 0; // it may have been deleted
    }
    if (dice < UPDATES_AND_CREATES) {
      insert.setInt(1, 1 + random.nextInt(800));
      insert.setLong(2, 1 + random.nextLong(3_000_000));
      insert.setString(3, "PZ-" + (1_000 + random.nextInt(200)) + "-CLASSIC");
      insert.setInt(4, 1 + random.nextInt(6));
      insert.setBigDecimal(5, java.math.BigDecimal.valueOf(29_900 + random.nextInt(250_000), 2));
      insert.setLong(6, number);
      insert.executeUpdate();
      keys++;
      return true;
    }
    delete.executeUpdate("DELETE FROM orders WHERE id = " + (1 + random.nextLong(keys)));
    return false;
  }
}
