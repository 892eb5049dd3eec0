package dev.larder.peers.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes the orders at a rate: any of those that are there alike. Each change that leaves a row
 * bears its number, so that it is known in the vault.
 */
final class LiveWriter implements Runnable {
  private static final long SEED = 7;

  private final Connection connection;
  private final LiveLoad load;
  private final AtomicLongArray committedMillis;
  private final SplittableRandom random = new SplittableRandom(SEED);

  /** The ids that are there. */
  private final int[] there;

  private int orders;
  private int lastId;
  private volatile long written;

  /**
   * @param load whose orders have the ids from 1 on
   */
  LiveWriter(Connection connection, LiveLoad load) {
    this.connection = connection;
    this.load = load;
    this.committedMillis = new AtomicLongArray(Math.toIntExact(load.count()));
    this.there = new int[Math.toIntExact(load.orders() + load.count())];
    for (; orders < load.orders(); orders++) {
      there[orders] = ++lastId;
    }
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
      int transaction = load.transaction();
      boolean[] leavesARow = new boolean[transaction];
      for (long number = 0; number + transaction <= load.count(); number += transaction) {
        LockSupport.parkNanos(start + number * 1_000_000_000L / load.rate() - System.nanoTime());
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
    if (dice < load.creates()) {
      insert.setInt(1, 1 + random.nextInt(800));
      insert.setLong(2, 1 + random.nextLong(3_000_000));
      insert.setString(3, "PZ-" + (1_000 + random.nextInt(200)) + "-CLASSIC");
      insert.setInt(4, 1 + random.nextInt(6));
      insert.setBigDecimal(5, java.math.BigDecimal.valueOf(29_900 + random.nextInt(250_000), 2));
      insert.setLong(6, number);
      insert.executeUpdate();
      there[orders++] = ++lastId;
      return true;
    }
    int any = random.nextInt(orders);
    int id = there[any];
    if (dice < load.creates() + load.deletes()) {
      delete.executeUpdate("DELETE FROM orders WHERE id = " + id);
      there[any] = there[--orders];
      return false;
    }
    update.setInt(1, 1 + random.nextInt(6));
    update.setString(2, Orders.STATUS.get(random.nextInt(Orders.STATUS.size())));
    update.setLong(3, number);
    update.setLong(4, id);
    return requireOne(update.executeUpdate(), id);
  }

  /** What is in the vault could not be judged, if ids were not those that the server gives. */
  private static boolean requireOne(int rows, int id) {
    if (rows != 1) {
      throw new IllegalStateException(rows + " orders have the id " + id);
    }
    return true;
  }
}
