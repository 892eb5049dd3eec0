package dev.larder.testdata.fire;

import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One of several writers of a {@link FireDatabase}: transactions of a random kind and size, drawn
 * from a seed, at about a given rate of row changes. What a transaction does does not depend on the
 * clock, how many of them there are does.
 *
 * <p>If the server goes away, it comes again, looks what is there, and goes on.
 */
public final class FireWriter {
  private static final int LARGEST = 40;
  private static final long RETRY_NANOS = 200_000_000L;
  private static final double NANOS = 1e9;

  private final MySqlServer server;
  private final Random random;
  private final ItemIds ids;
  private final int part;
  private final int parts;
  private final double perSecond;
  private long changes;
  private long transactions;

  /**
   * @param part this writer's number, from 0
   * @param parts how many there are
   * @param items with which the database was made
   * @param perSecond row changes of this writer
   */
  public FireWriter(
      MySqlServer server, long seed, int part, int parts, int items, double perSecond) {
    this.server = server;
    this.random = new Random(seed * 31 + part);
    this.ids = new ItemIds(part, parts, items, random);
    this.part = part;
    this.parts = parts;
    this.perSecond = perSecond;
  }

  /** About how many rows were changed. */
  public long changes() {
    return changes;
  }

  public long transactions() {
    return transactions;
  }

  /** Writes until it is told to stop. */
  public void runUntil(BooleanSupplier stop) {
    long start = System.nanoTime();
    long before = changes;
    while (!stop.getAsBoolean()) {
      try (Sql sql = server.connect(FireDatabase.NAME, server.app())) {
        look(sql);
        while (!stop.getAsBoolean()) {
          transaction(sql);
          long due = start + (long) ((changes - before) / perSecond * NANOS);
          LockSupport.parkNanos(due - System.nanoTime());
        }
      } catch (SQLException e) {
        if (isMistake(e)) {
          throw new IllegalStateException("writer " + part + ": " + e.getMessage(), e);
        }
        LockSupport.parkNanos(RETRY_NANOS);
      }
    }
  }

  /** Not the server's absence, but a statement that it refuses. */
  private static boolean isMistake(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("42") || state.startsWith("22") || state.equals("23000"));
  }

  private void look(Sql sql) throws SQLException {
    sql.run(
        "SET SESSION time_zone = '+00:00'",
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED");
    sql.connection().setAutoCommit(false);
    List<Integer> mine = new ArrayList<>();
    try (var statement = sql.connection().createStatement()) {
      statement.setFetchSize(10_000);
      try (var rows = statement.executeQuery("SELECT id FROM items")) {
        while (rows.next()) {
          if (ids.isMine(rows.getInt(1))) {
            mine.add(rows.getInt(1));
          }
        }
      }
    }
    sql.connection().commit();
    ids.reset(mine);
  }

  private void transaction(Sql sql) throws SQLException {
    int steps = 1 + random.nextInt(3);
    for (int step = 0; step < steps; step++) {
      step(sql);
    }
    sql.connection().commit();
    transactions++;
  }

  private void step(Sql sql) throws SQLException {
    int kind = ids.isLow() ? 0 : random.nextInt(20);
    if (kind < 3 && ids.isHigh()) {
      delete(sql);
    } else if (kind < 3) {
      insert(sql);
    } else if (kind < 8) {
      updateMany(sql);
    } else if (kind < 11) {
      updateOne(sql, ids.taken());
    } else if (kind < 12) {
      updateTwice(sql);
    } else if (kind < 14) {
      delete(sql);
    } else if (kind < 16) {
      comeBack(sql);
    } else if (kind < 17) {
      changeKey(sql);
    } else if (kind < 18) {
      owner(sql);
    } else {
      stock(sql);
    }
  }

  private void insert(Sql sql) throws SQLException {
    int count = 1 + random.nextInt(LARGEST);
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(ids.fresh(), ids.code()));
    }
    sql.run("INSERT INTO items VALUES " + String.join(", ", rows));
    changes += count;
  }

  private String row(int id, String code) {
    return "(" + id + ", '" + code + "', " + FireValues.item(random) + ")";
  }

  private void updateMany(Sql sql) throws SQLException {
    List<Integer> some = ids.taken(1 + random.nextInt(LARGEST));
    String set =
        switch (random.nextInt(4)) {
          case 0 -> "quantity = quantity + 1, touched_at = NOW(3)";
          case 1 -> "price = " + FireValues.decimal(random) + ", made_at = NOW(6)";
          case 2 -> "owner_no = " + FireValues.owner(random);
          default -> "note = " + FireValues.text(random) + ", state = " + FireValues.state(random);
        };
    sql.run("UPDATE items SET " + set + " WHERE id IN (" + list(some) + ")");
    changes += some.size();
  }

  private static String list(List<Integer> some) {
    return String.join(", ", some.stream().map(String::valueOf).toList());
  }

  private void updateOne(Sql sql, int id) throws SQLException {
    sql.run(
        "UPDATE items SET name = %s, weight = %s, made_at = %s WHERE id = %d"
            .formatted(
                FireValues.text(random), FireValues.real(random), FireValues.moment(random), id));
    changes++;
  }

  /** To another value and back, or to two others, within a transaction. */
  private void updateTwice(Sql sql) throws SQLException {
    List<Integer> some = ids.taken(1 + random.nextInt(5));
    String where = " WHERE id IN (" + list(some) + ")";
    sql.run("UPDATE items SET quantity = quantity + 7" + where);
    if (random.nextBoolean()) {
      sql.run("UPDATE items SET quantity = quantity - 7" + where);
    } else {
      updateOne(sql, some.get(0));
    }
    changes += 2L * some.size();
  }

  private void delete(Sql sql) throws SQLException {
    List<Integer> some = ids.taken(1 + random.nextInt(LARGEST / 2));
    String where = " WHERE id IN (" + list(some) + ")";
    List<Map<String, String>> rows = sql.rows("SELECT id, code FROM items" + where);
    sql.run("DELETE FROM items" + where);
    rows.forEach(row -> ids.gone(Integer.parseInt(row.get("id")), row.get("code")));
    changes += some.size();
  }

  /**
   * What was deleted comes back; or a row goes and comes back in one transaction, or is replaced.
   */
  private void comeBack(Sql sql) throws SQLException {
    ItemIds.Deleted back = ids.back();
    if (back != null) {
      sql.run("INSERT INTO items VALUES " + row(back.id(), back.code()));
    } else {
      int id = ids.taken();
      String code = sql.value("SELECT code FROM items WHERE id = " + id);
      if (random.nextBoolean()) {
        sql.run("DELETE FROM items WHERE id = " + id, "INSERT INTO items VALUES " + row(id, code));
      } else {
        sql.run("REPLACE INTO items VALUES " + row(id, code));
      }
      changes++;
    }
    changes++;
  }

  private void changeKey(Sql sql) throws SQLException {
    int id = ids.taken();
    switch (random.nextInt(3)) {
      case 0 -> {
        int to = ids.fresh();
        sql.run("UPDATE items SET id = " + to + " WHERE id = " + id);
        ids.gone(id, null);
      }
      case 1 -> {
        int to = ids.fresh();
        sql.run(
            "UPDATE items SET id = %d, code = '%s', price = price + 1 WHERE id = %d"
                .formatted(to, ids.code(), id));
        ids.gone(id, null);
      }
      default -> sql.run("UPDATE items SET code = '" + ids.code() + "' WHERE id = " + id);
    }
    changes += 2;
  }

  /** A number below a limit that no other writer takes. */
  private int mine(int limit) {
    return random.nextInt(limit / parts) * parts + part;
  }

  private void owner(Sql sql) throws SQLException {
    int number = mine(FireDatabase.OWNERS);
    switch (random.nextInt(3)) {
      case 0 -> sql.run("DELETE FROM owners WHERE number = " + number);
      case 1 ->
          sql.run(
              "INSERT INTO owners VALUES (%d, CONCAT('Owner ', %d), %s) ON DUPLICATE KEY UPDATE city = VALUES(city)"
                  .formatted(number, random.nextInt(9), FireValues.text(random)));
      default ->
          sql.run(
              "UPDATE owners SET city = %s WHERE number = %d"
                  .formatted(FireValues.text(random), number));
    }
    changes++;
  }

  private void stock(Sql sql) throws SQLException {
    String place = FireDatabase.PLACES[random.nextInt(FireDatabase.PLACES.length)];
    int slot = mine(FireDatabase.SLOTS);
    String where = " WHERE place = " + FireValues.quoted(place) + " AND slot = " + slot;
    switch (random.nextInt(5)) {
      case 0 ->
          sql.run(
              "REPLACE INTO stocks VALUES (%s, %d, %d, %s)"
                  .formatted(
                      FireValues.quoted(place),
                      slot,
                      random.nextInt(100),
                      FireValues.text(random)));
      case 1 -> sql.run("DELETE FROM stocks" + where);
      case 2 -> sql.run("UPDATE stocks SET quantity = quantity + 0.125" + where);
      case 3 -> sql.run("UPDATE stocks SET note = " + FireValues.text(random) + where);
      // The same key to MySQL, whose collation knows no case; another one to everybody else.
      default ->
          sql.run(
              "UPDATE stocks SET place = IF(BINARY place = UPPER(place), LOWER(place), UPPER(place))"
                  + where);
    }
    changes++;
  }
}
