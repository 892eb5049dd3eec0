package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.pipelines.run.ModelFile;
import dev.larder.testdata.services.MySqlServer;
import dev.larder.testdata.services.MySqlSetup;
import dev.larder.testdata.services.Services;
import dev.larder.testdata.services.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.AfterClass;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Four full reads of a server that keeps no binlog, with inserts, updates, moves and deletes in
 * between: the vault has the history that can be told from them.
 */
public class ComparedSnapshotIT {
  @ClassRule public static final TemporaryFolder SERVERS = new TemporaryFolder();

  private static final String MODEL =
"""
vault: shop
sources:
  shop: {database: shop, record_source: SHOP.MySQL}
hubs:
  customer: {key: number}
  city: {key: name}
  visit: {key: number}
  card: {key: code}
links:
  home: {hubs: [customer, city], driving: customer}
  holder: {hubs: [card, customer], driving: customer}
tables:
  shop.customers:
    extract: full
    customer: id
    city: city
    links: [home]
    satellites:
      customer_shop: {of: customer, columns: [name]}
      home_eff: {of: home, kind: effectivity}
  shop.cards:
    card: code
    customer: owner
    links: {holder: {}}
    satellites: {card_shop: {of: card, columns: [note]}, holder_eff: {of: holder, kind: effectivity}}
  shop.visits:
    visit: id
    satellites: {visit_shop: {of: visit, columns: [note]}}
""";

  private static Services services;
  private static Path folder;
  private static Path lake;
  private static final List<Command> READS = new ArrayList<>();

  @BeforeClass
  public static void readFourTimes() throws Exception {
    ChainSandbox.assumeSupported();
    folder = Path.of("target", "it", "ComparedSnapshotIT").toAbsolutePath();
    Folders.empty(folder);
    Files.writeString(folder.resolve("vault.yaml"), MODEL);
    lake = folder.resolve("lake");
    services =
        Services.in(SERVERS.getRoot().toPath())
            .withMySql(
                MySqlSetup.named("shop")
                    .withFlag("--skip-log-bin")
                    .withFlag("--gtid-mode=OFF")
                    .withFlag("--enforce-gtid-consistency=OFF"))
            .start();
    run(
        "CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(20), city VARCHAR(20))",
        "INSERT INTO customers VALUES (1, 'Ada', 'Wien'), (2, 'Bob', 'Graz'), (3, 'Cem', 'Linz')",
        "CREATE TABLE visits (id INT PRIMARY KEY, note VARCHAR(20))",
        "INSERT INTO visits VALUES (1, 'a'), (2, 'b')",
        "CREATE TABLE cards (id INT PRIMARY KEY, code VARCHAR(9), owner INT, note VARCHAR(9))",
        "INSERT INTO cards VALUES (1, 'A', 1, ''), (2, 'B', 1, ''), (3, 'C', 2, '')");
    READS.add(snapshot().succeeded());
    run(
        "INSERT INTO customers VALUES (4, 'Dea', 'Wien')",
        "UPDATE customers SET name = 'Bobby' WHERE id = 2",
        "DELETE FROM customers WHERE id = 3",
        "DELETE FROM visits WHERE id = 1",
        "UPDATE visits SET note = 'bb' WHERE id = 2");
    READS.add(snapshot().succeeded());
    run("INSERT INTO customers VALUES (3, 'Cem', 'Linz')");
    READS.add(snapshot().succeeded());
    run(
        "UPDATE customers SET city = 'Graz' WHERE id = 1",
        "UPDATE cards SET code = CONCAT(code, 'x')",
        "UPDATE cards SET code = ELT(id, 'B', 'C', 'D')");
    READS.add(snapshot().succeeded());
  }

  @AfterClass
  public static void stop() {
    if (services != null) {
      services.close();
    }
  }

  private static void run(String... statements) throws SQLException {
    MySqlServer shop = services.mySql("shop");
    try (Sql sql = shop.connect("shop", shop.admin())) {
      sql.run(statements);
    }
  }

  private static List<String> source() {
    MySqlServer shop = services.mySql("shop");
    return List.of(
        "--model=" + folder.resolve("vault.yaml"),
        "--source=shop=" + shop.sourceUrl("shop", shop.app()));
  }

  private static Command snapshot() {
    return larder("snapshot", source(), List.of("--lake=" + lake, "--compare=true"));
  }

  /** Rows of a table of the vault as lines, with the number of the read in place of its times. */
  private static String rows(String columns, String from, String order) throws SQLException {
    return Asked.lake(
        lake, "SELECT " + columns + " FROM " + from + " WHERE _seq > '0' ORDER BY " + order);
  }

  private static final String READ = "CAST(substr(_seq, 10, 12) AS INT)";

  @Test
  public void vaultSaysWhatTheSourceSays() {
    larder("verify", source(), List.of("--lake=" + lake, "--tables=shop.customers")).succeeded();
  }

  @Test
  public void satelliteHasEveryVersionThatAReadFound() throws SQLException {
    assertThat(
        rows(
            "h.number, s.name, " + READ.replace("_seq", "s._seq"),
            "(SELECT * FROM sat_customer_shop) s JOIN (SELECT customer_hk AS hk, number FROM"
                + " hub_customer) h ON h.hk = s.customer_hk",
            "1, 3"),
        is("[1, Ada, 1]\n[2, Bob, 1]\n[2, Bobby, 2]\n[3, Cem, 1]\n[4, Dea, 2]"));
  }

  @Test
  public void missingKeysAreDeletedAndComeBack() throws SQLException {
    assertThat(
        rows(
            "h.number, s.status, " + READ.replace("_seq", "s._seq"),
            "(SELECT * FROM sts_customer_shop_customers) s JOIN (SELECT customer_hk AS hk, number"
                + " FROM hub_customer) h ON h.hk = s.customer_hk",
            "1, 3"),
        is("[1, I, 1]\n[2, I, 1]\n[3, I, 1]\n[3, D, 2]\n[3, I, 3]\n[4, I, 2]"));
  }

  @Test
  public void relationsThatCameBackAreOpen() throws SQLException {
    assertThat(
        Asked.lake(
            lake,
            "SELECT c.number, t.name, max_by(year(e.EffectiveTo), e._seq) FROM sat_home_eff e JOIN"
                + " link_home l ON l.home_hk = e.home_hk JOIN hub_customer c ON c.customer_hk ="
                + " l.customer_hk JOIN hub_city t ON t.city_hk = l.city_hk GROUP BY 1, 2 HAVING"
                + " max_by(year(e.EffectiveTo), e._seq) = 9999 ORDER BY 1"),
        is("[1, Graz, 9999]\n[2, Graz, 9999]\n[3, Linz, 9999]\n[4, Wien, 9999]"));
  }

  @Test
  public void rowsThatAreGoneElsewhereAreKept() throws SQLException {
    assertThat(
        READS.get(1).said(),
        containsString(
            "Rows that are gone from shop.cards, shop.visits are kept: the model does not say"
                + " `extract: full` there.\n"));
    assertThat(rows("status", "sts_visit_shop_visits", "1"), is("[I]\n[I]"));
  }

  @Test
  public void aRelationThatARowHasLeftIsDeletedAndClosed() throws SQLException {
    String status =
        "SELECT c.number, t.name, s.status, "
            + READ.replace("_seq", "s._seq")
            + " FROM sts_home_shop_customers s JOIN link_home l ON l.home_hk = s.home_hk JOIN"
            + " hub_customer c ON c.customer_hk = l.customer_hk JOIN hub_city t ON t.city_hk ="
            + " l.city_hk WHERE c.number = '1' ORDER BY 4, 3";
    assertThat(Asked.lake(lake, status), is("[1, Wien, I, 1]\n[1, Wien, D, 4]\n[1, Graz, I, 4]"));
  }

  @Test
  public void keysThatRowsHandOnToEachOtherLive() throws SQLException {
    String latest =
        "SELECT h.code, max_by(s.status, s._seq), count(*) FROM sts_card_shop_cards s JOIN hub_card"
            + " h ON h.card_hk = s.card_hk GROUP BY 1 ORDER BY 1";
    assertThat(Asked.lake(lake, latest), is("[A, D, 2]\n[B, I, 3]\n[C, I, 3]\n[D, I, 1]"));
  }

  @Test
  public void relationsBesideTheOneThatChangedStayOpen() throws SQLException {
    String open =
        "SELECT c.code, o.number FROM sat_holder_eff e JOIN link_holder l ON l.holder_hk ="
            + " e.holder_hk JOIN hub_card c ON c.card_hk = l.card_hk JOIN hub_customer o ON"
            + " o.customer_hk = l.customer_hk GROUP BY 1, 2 HAVING max_by(year(e.EffectiveTo),"
            + " e._seq) = 9999 ORDER BY 1";
    assertThat(Asked.lake(lake, open), is("[B, 1]\n[C, 1]\n[D, 2]"));
  }

  @Test
  public void bronzeKeepsWhatChangedAlone() throws SQLException {
    String kept =
        "SELECT "
            + READ
            + ", _op, count(*) FROM read_parquet('%s/bronze/shop/customers/*.parquet') GROUP BY 1,"
            + " 2 ORDER BY 1, 2";
    assertThat(
        Asked.lake(lake, String.format(kept, lake)),
        is("[1, r, 3]\n[2, c, 1]\n[2, d, 1]\n[2, u, 1]\n[3, c, 1]\n[4, u, 2]"));
    assertThat(Files.exists(lake.resolve("ops/compared-4/bronze/shop/customers")), is(false));
  }

  @Test
  public void saysWhatIsNotAsItWas() {
    String all = "since the one before %d rows are new, %d changed, %d are gone";
    assertThat(READS.get(0).said(), not(containsString("since the one before")));
    assertThat(READS.get(1).said(), containsString(String.format(all, 1, 2, 1)));
    assertThat(READS.get(2).said(), containsString(String.format(all, 1, 0, 0)));
    assertThat(READS.get(3).said(), containsString(String.format(all, 0, 4, 0)));
  }

  @Test
  public void bronzeAloneGivesTheSameVault() throws Exception {
    Path other = folder.resolve("again");
    Folders.copy(lake.resolve("bronze"), other.resolve("bronze"));
    Folders.copy(lake.resolve("ops/ledger"), other.resolve("ops/ledger"));
    larder("backfill", List.of("--model=" + folder.resolve("vault.yaml"), "--lake=" + other))
        .succeeded();

    assertThat(
        LakeDifference.between(
            lake, other, ModelFile.at(folder.resolve("vault.yaml").toString()).model()),
        is(empty()));
  }

  @Test
  public void aSnapshotWithALogIsRefusedWhereThereIsNone() {
    Command refused = larder("snapshot", source(), List.of("--lake=" + folder.resolve("with-log")));

    assertThat(refused.reason(), startsWith("Source shop (127.0.0.1:"));
    assertThat(refused.reason(), containsString("log_bin: is OFF"));
    assertThat(refused.code(), is(3));
  }
}
