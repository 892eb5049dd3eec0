package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.Values;
import dev.larder.transforms.Chain;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashProfile;
import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.ColumnChoice.AllExcept;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.Link.Role;
import dev.larder.transforms.model.SourceTable.Load;
import dev.larder.transforms.model.SourceTable.WhenNull;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.Test;

public class VaultModelReaderTest {
  private static final String HEAD =
      "vault: v\nsources: {s: {database: d, record_source: R}}\nhubs: {h: [a]}\n";

  @Test
  public void readsWhatTheChainSaysOfItsBusiness() {
    VaultModel model = Chain.model();

    assertThat(model.name(), is("pizza"));
    assertThat(
        model.hashing(),
        is(new Hashing(HashProfile.STRICT, HashAlgorithm.SHA256, Hashing.Store.BINARY)));
    assertThat(model.openEnd(), is(Values.micros(Instant.parse("9999-12-31T00:00:00Z"))));
    assertThat(
        model.hub("pizzeria"),
        is(new Hub("pizzeria", List.of("country", "code"), Normalisation.UPPER_TRIM)));
    assertThat(
        model.hub("supplier"), is(new Hub("supplier", List.of("tax_id"), Normalisation.NONE)));
    assertThat(
        model.link("consumption"),
        is(
            new Link(
                "consumption",
                List.of(
                    new Role("pizzeria", "pizzeria"),
                    new Role("ingredient", "ingredient"),
                    new Role("order", "order")),
                List.of("event_id"),
                Link.Kind.TRANSACTION,
                List.of(),
                Link.Corrections.IGNORE)));
    assertThat(
        model.marts().get("material_consumption_daily").sql(),
        is("marts/material_consumption_daily.sql"));
  }

  @Test
  public void readsHowTheChainsTablesFeedIt() {
    SourceTable orders = Chain.model().table(Chain.ORDERS);
    SourceTable movements = Chain.model().table(Chain.STOCK_MOVEMENTS);
    SourceTable.History history = Chain.model().table(Chain.PRODUCTS).histories().get(0);

    assertThat(orders.keyColumns(), contains("country_code", "order_no", "unit_code"));
    assertThat(orders.links().get(0).link(), is("order_pizzeria"));
    assertThat(orders.load(), is(Load.DEDUP));
    assertThat(Chain.model().table(Chain.CONSUMPTION).load(), is(Load.APPEND));
    assertThat(movements.hubs().get(2).whenNull(), is(WhenNull.UNKNOWN));
    assertThat(movements.links().get(0).applied(), is("posted_at"));
    assertThat(
        history.columns(),
        is(
            new ColumnChoice.Listed(
                List.of(new Taken("ProductName", "name"), new Taken("ProductPrice", "price")))));
  }

  @Test
  public void fitsTheChainsTables() {
    assertThat(ModelCheck.check(Chain.model(), Chain.catalogue()).findings(), is(empty()));
  }

  @Test
  public void keepsTheOrderOfTheFile() {
    assertThat(
        Chain.model().hubs().keySet(),
        contains("pizzeria", "product", "ingredient", "order", "supplier"));
    assertThat(
        Chain.model().tablesOf("erp").stream().map(TableId::table).toList(),
        contains("units", "materials", "vendors", "consumption", "stock_movements"));
  }

  @Test
  public void takesAllColumnsThatNoKeyUses() {
    VaultModel model =
        VaultModelReader.read(
            "v.yaml",
            HEAD
                + "tables: {s.t: {h: a, satellites: {all: {of: h, columns: \"*\"}, some: {of: h,"
                + " columns: {except: [c]}}}}}");
    SourceTable table = model.table(TableId.parse("s.t"));

    assertThat(table.satellites().get(0).columns(), is(new AllExcept(List.of())));
    assertThat(
        table
            .satellites()
            .get(1)
            .columns()
            .resolve(
                Chain.schema("s.t", "a", "a int, b int, c int, d int").columns(),
                table.keyColumns()),
        contains(new Taken("b", "b"), new Taken("d", "d")));
  }

  @Test
  public void defaultsToSha256AndTheYear9999() {
    VaultModel model = VaultModelReader.read("v.yaml", HEAD + "tables: {s.t: {h: a}}");

    assertThat(model.hashing().algorithm(), is(HashAlgorithm.SHA256));
    assertThat(model.openEnd(), is(Values.micros(Instant.parse("9999-12-31T00:00:00Z"))));
    assertThat(model.links().keySet(), is(empty()));
  }

  @Test
  public void survivesSerialization() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(Chain.model());
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject(), is(Chain.model()));
    }
  }
}
