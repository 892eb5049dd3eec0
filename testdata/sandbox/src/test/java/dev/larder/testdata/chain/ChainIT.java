package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.Services;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The chain's past and its live traffic on two real MySQL servers. */
public class ChainIT {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final ChainSettings SETTINGS =
      ChainSettings.endingOn(LocalDate.of(2026, 6, 30)).withDays(6).withPizzerias(5);
  private static final History PAST = History.of(SETTINGS);

  /** Once a step, and every 20 ms between them: about a second and a half. */
  private static final int LOOKS = 100;

  private static Services services;
  private static ChainDatabases databases;
  private static Books books;

  @BeforeClass
  public static void startServers() {
    services = Services.in(FOLDER.getRoot().toPath()).withMySql("pos").withMySql("erp").start();
    databases = new ChainDatabases(database("pos"), database("erp"));
    books = new Books(databases);
  }

  private static Database database(String name) {
    MySqlServer server = services.mySql(name);
    return Database.at(
        name, server.host(), server.port(), server.app().user(), server.app().password());
  }

  @AfterClass
  public static void stopServers() {
    services.close();
  }

  @Test
  public void everyRowOfThePastArrivesAsItWas() throws SQLException {
    AtomicLong told = new AtomicLong();

    LoadReport report =
        ChainLoader.into(databases).withProgress(progress -> told.set(progress.rows())).load(PAST);

    Rows rows = Rows.of(PAST);
    for (ChainTable table : ChainTable.values()) {
      assertThat(table.toString(), report.rows().get(table), is((long) rows.of(table).size()));
      assertThat(table.toString(), books.read(table), is(equalTo(Books.sorted(table, rows))));
    }
    assertThat(told.get(), is(lessThanOrEqualTo(report.totalRows())));
  }

  @Test
  public void theBooksAreStraightAfterLiveTraffic() throws SQLException {
    ChainLoader.into(databases).load(PAST);
    Map<ChainTable, Long> before = books.counts();

    LiveSummary summary = LiveTraffic.of(PAST.chain(), databases, 1).run(500);

    assertThat(books.mistakes(), is(empty()));
    assertThat(books.counts(), is(equalTo(after(before, summary))));
    assertThat(summary.steps(), is(500));
    assertThat(
        summary.alterations(),
        is(List.of("ALTER TABLE pos.products ADD COLUMN spicy TINYINT NULL")));
    assertThat(
        books.number("pos", "SELECT COUNT(*) FROM pos.products WHERE spicy IS NOT NULL"),
        is(greaterThan(0L)));
  }

  @Test
  public void theBooksShowWhatIsNotStraight() throws SQLException {
    ChainLoader.into(databases).load(PAST);
    books.run("pos", "DELETE FROM pos.orders WHERE id = 1");
    books.run("pos", "UPDATE pos.orders SET total = total + 0.01 WHERE id = 2");
    books.run("erp", "UPDATE erp.consumption SET grams = 1.5 WHERE id = 1");

    List<String> mistakes = books.mistakes();

    assertThat(mistakes.get(0), matchesPattern("\\d x line without order"));
    assertThat(mistakes.get(1), is("1 x total that is not the sum of its lines"));
    assertThat(mistakes.get(2), matchesPattern("grams of \\[.*\\]: 1\\.5 instead of .*"));
  }

  @Test
  public void theFirstStepsShowEveryKindOfChange() throws SQLException {
    ChainLoader.into(databases).load(PAST);

    LiveSummary summary =
        LiveTraffic.of(PAST.chain(), databases, 3).run(LiveTraffic.STEPS_THAT_SHOW_ALL);

    Map<ChainTable, LiveChanges> changes = summary.changes();
    assertThat(LiveTraffic.STEPS_THAT_SHOW_ALL, is(LiveStep.values().length));
    assertThat(changes.get(ChainTable.ORDERS).inserted(), is(greaterThan(0L)));
    assertThat(changes.get(ChainTable.ORDERS).updated(), is(greaterThan(0L)));
    assertThat(changes.get(ChainTable.ORDERS).deleted(), is(1L));
    assertThat(changes.get(ChainTable.ORDERS).rekeyed(), is(1L));
    assertThat(changes.get(ChainTable.ORDER_LINES).updated(), is(1L));
    assertThat(changes.get(ChainTable.ORDER_LINES).deleted(), is(greaterThan(0L)));
    assertThat(changes.get(ChainTable.CONSUMPTION).deleted(), is(greaterThan(0L)));
    assertThat(changes.get(ChainTable.PRODUCTS).rekeyed(), is(1L));
    assertThat(changes.get(ChainTable.PRODUCTS).inserted(), is(1L));
    assertThat(changes.get(ChainTable.RECIPES).deleted(), is(1L));
    assertThat(changes.get(ChainTable.RECIPES).rekeyed(), is(greaterThan(0L)));
    assertThat(changes.get(ChainTable.VENDORS), is(new LiveChanges(1, 1, 1, 0)));
    assertThat(changes.get(ChainTable.PIZZERIAS).updated(), is(1L));
    assertThat(changes.get(ChainTable.UNITS).updated(), is(1L));
    assertThat(changes.get(ChainTable.MATERIALS).updated(), is(1L));
    assertThat(changes.get(ChainTable.STOCK_MOVEMENTS).inserted(), is(greaterThan(0L)));
  }

  @Test
  public void sameSeedAndStepsGiveTheSameDatabases() throws SQLException {
    Map<ChainTable, List<List<Object>>> first = afterTraffic(7);
    Map<ChainTable, List<List<Object>>> second = afterTraffic(7);
    Map<ChainTable, List<List<Object>>> other = afterTraffic(8);

    assertThat(second, is(equalTo(first)));
    assertThat(other, is(not(equalTo(first))));
  }

  @Test
  public void aSecondRunGoesOnWhereTheFirstEnded() throws SQLException {
    ChainLoader.into(databases).load(PAST);
    LiveTraffic.of(PAST.chain(), databases, 1).run(60);
    Map<ChainTable, Long> before = books.counts();

    LiveSummary summary =
        LiveTraffic.of(PAST.chain(), databases, 2)
            .startingAt(LocalDateTime.of(2026, 7, 2, 11, 0))
            .run(60);

    assertThat(books.mistakes(), is(empty()));
    assertThat(books.counts(), is(equalTo(after(before, summary))));
    assertThat(summary.alterations(), is(empty()));
  }

  @Test
  public void keepsToItsRateAndStopsWhenTold() throws SQLException {
    ChainLoader.into(databases).load(PAST);
    int rate = 200;
    AtomicLong looks = new AtomicLong();

    LiveSummary summary =
        LiveTraffic.of(PAST.chain(), databases, 1)
            .withChangesPerSecond(rate)
            .runUntil(() -> looks.incrementAndGet() > LOOKS);

    long oneStepMore = 200;
    assertThat(
        summary.total().total(),
        is(lessThanOrEqualTo(rate * summary.elapsed().toMillis() / 1_000 + oneStepMore)));
    assertThat(summary.total().total(), is(greaterThan(0L)));
  }

  @Test
  public void ordersOutOfFilesGoOnLiveToo() throws SQLException, IOException {
    Path files = Files.createDirectories(FOLDER.getRoot().toPath().resolve("orders"));
    Files.writeString(files.resolve("orders.csv"), "order_id,date,time\n1,2015-12-31,11:38:36\n");
    Files.writeString(
        files.resolve("order_details.csv"),
        "order_details_id,order_id,pizza_id,quantity\n1,1,bbq_s,2\n");
    Files.writeString(
        files.resolve("pizzas.csv"), "pizza_id,pizza_type_id,size,price\nbbq_s,bbq,S,12.75\n");
    Files.writeString(
        files.resolve("pizza_types.csv"),
        "pizza_type_id,name,category,ingredients\nbbq,Barbecue,Chicken,\"Chicken, BBQ Sauce\"\n");
    OrderFiles past = OrderFiles.in(files);
    ChainLoader.into(databases).load(past);
    Map<ChainTable, Long> before = books.counts();

    LiveSummary summary = LiveTraffic.of(past.chain(), databases, 1).run(150);

    assertThat(books.mistakes(), is(empty()));
    assertThat(books.counts(), is(equalTo(after(before, summary))));
  }

  @Test
  public void saysThatTheChainMustBeLoadedBeforeItLives() {
    ChainSchema.create(databases.pos());

    UserException error =
        assertThrows(UserException.class, () -> LiveTraffic.of(PAST.chain(), databases, 1).run(1));

    assertThat(
        error.getMessage(),
        is(
            "Live traffic on "
                + databases.pos()
                + ": pos.orders holds no order. Load the chain first."));
  }

  @Test
  public void namesTheServerThatRefuses() {
    Database pos = Database.at("pos", "127.0.0.1", services.mySql("pos").port(), "app", "wrong");

    SinkException error =
        assertThrows(
            SinkException.class,
            () -> ChainLoader.into(new ChainDatabases(pos, databases.erp())).load(PAST));

    assertThat(
        error.getMessage(),
        matchesPattern(
            "Database pos at 127\\.0\\.0\\.1:\\d+: creating its tables failed: .*Access denied for"
                + " user 'app'@'127\\.0\\.0\\.1' \\(using password: YES\\)\n"
                + "Check that the server is up and that its user may create databases and"
                + " write\\."));
  }

  private static Map<ChainTable, List<List<Object>>> afterTraffic(long seed) throws SQLException {
    ChainLoader.into(databases).load(PAST);
    LiveTraffic.of(PAST.chain(), databases, seed).run(120);
    Map<ChainTable, List<List<Object>>> rows = new EnumMap<>(ChainTable.class);
    for (ChainTable table : ChainTable.values()) {
      rows.put(table, books.read(table));
    }
    return rows;
  }

  private static Map<ChainTable, Long> after(Map<ChainTable, Long> before, LiveSummary summary) {
    Map<ChainTable, Long> counts = new EnumMap<>(ChainTable.class);
    before.forEach(
        (table, rows) -> {
          LiveChanges changes = summary.changes().get(table);
          counts.put(table, rows + changes.inserted() - changes.deleted());
        });
    return counts;
  }
}
