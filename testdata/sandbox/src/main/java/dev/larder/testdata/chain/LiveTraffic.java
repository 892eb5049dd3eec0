package dev.larder.testdata.chain;

import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain at work on its two MySQL servers, after {@link ChainLoader} has written its past: orders
 * are placed, baked, delivered, corrected and cancelled; prices and names change, some back again;
 * vendors and recipe lines are deleted; primary keys and a business key change; and early on {@code
 * pos.products} gets the column {@code spicy}. The first {@value #STEPS_THAT_SHOW_ALL} steps show
 * every kind of change once.
 *
 * <p><b>Guarantees</b>: one connection a server, one transaction a step and server, in that order:
 * first pos, then erp. What the steps do depends on the seed, their number and the two databases as
 * they were found, not on a clock: rows carry the chain's own time, which begins at 11:00 (UTC) of
 * the day after the last order unless told otherwise. That day is not complete when the traffic
 * stops. After every step: each line has its order and product, each total is the sum of its lines,
 * each use has its order, and its grams are those of the recipes.
 *
 * <p><b>Errors</b>: {@link dev.larder.io.changes.SinkException} that names the step; what was
 * committed before stays.
 */
public final class LiveTraffic {
  /** Steps after which every kind of change has happened. */
  public static final int STEPS_THAT_SHOW_ALL = 21;

  private static final Logger LOG = LoggerFactory.getLogger(LiveTraffic.class);
  private static final long TRAFFIC = 50;
  private static final long NAP_NANOS = 20_000_000;

  private final Chain chain;
  private final ChainDatabases databases;
  private final long seed;
  private final int changesPerSecond;
  private final LocalDateTime start;

  private LiveTraffic(
      Chain chain, ChainDatabases databases, long seed, int changesPerSecond, LocalDateTime start) {
    this.chain = chain;
    this.databases = databases;
    this.seed = seed;
    this.changesPerSecond = changesPerSecond;
    this.start = start;
  }

  /** Traffic of a chain whose past stands in these databases, at 50 row changes a second. */
  public static LiveTraffic of(Chain chain, ChainDatabases databases, long seed) {
    return new LiveTraffic(chain, databases, seed, 50, null);
  }

  /** How many row changes a second {@link #runUntil} makes at most; 1 to 100000. */
  public LiveTraffic withChangesPerSecond(int value) {
    ChainErrors.requireBetween("changesPerSecond", value, 1, 100_000);
    return new LiveTraffic(chain, databases, seed, value, start);
  }

  /** When the chain's own time begins, UTC. */
  public LiveTraffic startingAt(LocalDateTime value) {
    return new LiveTraffic(chain, databases, seed, changesPerSecond, value);
  }

  /** Runs this many steps as fast as the servers take them. */
  public LiveSummary run(int steps) {
    return run(shift -> shift.steps < steps);
  }

  /**
   * Runs at the given rate until told to stop or interrupted. Looks at the signal between steps and
   * every 20 ms while it waits; from then on nothing is written.
   */
  public LiveSummary runUntil(BooleanSupplier stopped) {
    return run(shift -> shift.mayGoOn(stopped));
  }

  private interface Condition {
    boolean holds(Shift shift);
  }

  private LiveSummary run(Condition goOn) {
    LiveStep[] current = new LiveStep[1];
    try (LiveShop shop = LiveShop.open(chain, databases, Dice.of(seed, TRAFFIC))) {
      if (start != null) {
        shop.startAt(start);
      }
      Shift shift = new Shift(shop);
      while (goOn.holds(shift)) {
        current[0] = LiveStep.at(shift.steps, shop.dice);
        shift.step(current[0]);
      }
      LiveSummary summary = shift.summary();
      LOG.info(
          "Live traffic ended: {} steps, {} row changes in {} s",
          summary.steps(),
          summary.total().total(),
          summary.elapsed().toSeconds());
      return summary;
    } catch (SQLException e) {
      throw ChainErrors.trafficRefused(databases, current[0], e);
    }
  }

  /** One run: its parts and what it has done so far. */
  private final class Shift {
    private final LiveShop shop;
    private final LiveOrders orders;
    private final LiveMenu menu;
    private final LiveBackOffice office;
    private final long began = System.nanoTime();
    private int steps;

    Shift(LiveShop shop) throws SQLException {
      this.shop = shop;
      Cashier cashier = new Cashier(chain);
      orders = new LiveOrders(shop, cashier);
      menu = new LiveMenu(shop, cashier);
      office = new LiveBackOffice(shop);
    }

    /** Waits until the next step is due. */
    boolean mayGoOn(BooleanSupplier stopped) {
      long due = began + changes() * 1_000_000_000L / changesPerSecond;
      while (!stopped.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
        long wait = due - System.nanoTime();
        if (wait <= 0) {
          return true;
        }
        LockSupport.parkNanos(Math.min(wait, NAP_NANOS));
      }
      return false;
    }

    void step(LiveStep step) throws SQLException {
      shop.tick();
      switch (step) {
        case PLACE_ORDER -> orders.place();
        case ADVANCE_ORDER -> orders.advance();
        case CORRECT_ORDER -> orders.correct();
        case CANCEL_ORDER -> orders.cancel();
        case CHANGE_ORDER_KEY -> orders.changeKey();
        case RECEIVE_GOODS -> orders.receiveGoods();
        case CHANGE_PRICE -> menu.changePrice();
        case CHANGE_PRICE_AND_BACK -> menu.changePriceAndBack();
        case RENAME_PRODUCT -> menu.rename();
        case ADD_COLUMN -> menu.addColumn();
        case SET_ADDED_COLUMN -> menu.setAddedColumn();
        case CHANGE_PRODUCT_KEY -> menu.changeKey();
        case INTRODUCE_PRODUCT -> menu.introduce();
        case RENAME_SKU -> menu.renameSku();
        case DELETE_OR_RESTORE_RECIPE_LINE -> menu.deleteOrRestoreRecipeLine();
        case RATE_VENDOR -> office.rateVendor();
        case ADD_VENDOR -> office.addVendor();
        case DELETE_VENDOR -> office.deleteVendor();
        case RENAME_PIZZERIA -> office.renamePizzeria();
        case MEASURE_UNIT -> office.measureUnit();
        case REPACK_MATERIAL -> office.repackMaterial();
      }
      steps++;
    }

    private long changes() {
      long total = 0;
      for (ChainTable table : ChainTable.values()) {
        total += shop.session(table).changes(table).total();
      }
      return total;
    }

    LiveSummary summary() {
      Map<ChainTable, LiveChanges> changes = new EnumMap<>(ChainTable.class);
      for (ChainTable table : ChainTable.values()) {
        changes.put(table, shop.session(table).changes(table));
      }
      return new LiveSummary(
          steps,
          shop.pos.transactions() + shop.erp.transactions(),
          Collections.unmodifiableMap(changes),
          menu.alterations(),
          shop.now(),
          Duration.ofNanos(System.nanoTime() - began));
    }
  }
}
