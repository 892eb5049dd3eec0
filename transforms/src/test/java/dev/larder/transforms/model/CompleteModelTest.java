package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.TableId;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashProfile;
import dev.larder.transforms.model.ColumnChoice.Listed;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.Link.Role;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.RoleMapping;
import dev.larder.transforms.model.SourceTable.WhenNull;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.Test;

/** Everything that the language has, as values. */
public class CompleteModelTest {
  private static final VaultModel MODEL =
      VaultModelReader.read(
          "vault.yaml", text("vault.yaml").orElseThrow(), CompleteModelTest::text);

  private static Optional<String> text(String name) {
    String path = "/dev/larder/transforms/complete/" + name;
    try (InputStream in = CompleteModelTest.class.getResourceAsStream(path)) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SourceTable table(String id) {
    return MODEL.table(TableId.parse(id));
  }

  private static Satellite satellite(String name) {
    return MODEL.satellites().get(name);
  }

  @Test
  public void settings() {
    assertThat(
        MODEL.hashing(),
        is(new Hashing(HashProfile.DATAVAULT4DBT_V2, HashAlgorithm.MD5, Hashing.Store.HEX)));
    assertThat(
        MODEL.defaults(),
        is(
            new Defaults(
                Satellite.Load.INSERT_ONLY,
                Satellite.Deletes.TRACK,
                Satellite.Late.INSERT,
                Defaults.Ghosts.INSERT)));
    assertThat(MODEL.maskSecret(), is(SecretRef.parse("env:LARDER_MASK")));
  }

  @Test
  public void includedFilesAddToTheSections() {
    assertThat(MODEL.sources().keySet(), contains("pos", "erp"));
    assertThat(MODEL.marts().keySet(), contains("sales", "stock"));
    assertThat(MODEL.marts().get("stock").sql(), is("parts/stock.sql"));
    assertThat(
        MODEL.places().of("tables.erp.units"), is(new ModelPlaces.Place("parts/erp.yaml", 4, 3)));
  }

  @Test
  public void linksHaveRoles() {
    assertThat(
        MODEL.link("pizzeria_parent"),
        is(
            new Link(
                "pizzeria_parent",
                List.of(new Role("child", "pizzeria"), new Role("parent", "pizzeria")),
                List.of(),
                Link.Kind.HIERARCHY,
                List.of("child"),
                Link.Corrections.IGNORE)));
    assertThat(MODEL.link("stock_movement").corrections(), is(Link.Corrections.COUNTER));
  }

  @Test
  public void rolesAreResolved() {
    HubMapping child = table("pos.pizzerias").hubs().get(0);
    HubMapping parent =
        new HubMapping(
            "pizzeria",
            List.of(KeyExpression.parse("country_code"), KeyExpression.parse("parent_unit_code")),
            WhenNull.SKIP);

    assertThat(
        table("pos.pizzerias").links().get(0).roles(),
        contains(new RoleMapping("child", child), new RoleMapping("parent", parent)));
    assertThat(
        table("erp.material_mapping").links().get(0).roles().get(1).mapping().parts(),
        contains(KeyExpression.parse("material_no")));
    assertThat(
        table("pos.pizzerias").keyColumns(),
        contains("country_code", "unit_code", "parent_unit_code"));
  }

  @Test
  public void satellitesOfAllKinds() {
    assertThat(
        satellite("product_price"),
        is(
            new Satellite(
                "product_price",
                "product",
                Satellite.Kind.MULTI_ACTIVE,
                new Listed(List.of(new Taken("price", "price"))),
                List.of(),
                List.of(),
                List.of("country_code"),
                Satellite.Grain.SET,
                Satellite.Load.INSERT_ONLY,
                Satellite.Deletes.TRACK,
                Satellite.Late.INSERT,
                List.of(),
                null,
                null)));
    assertThat(satellite("product_xts").kind(), is(Satellite.Kind.SIGHTINGS));
    assertThat(satellite("product_xts").tracks(), contains("product_pos", "product_price"));
    assertThat(satellite("product_seen").kind(), is(Satellite.Kind.RECORD_TRACKING));
    assertThat(satellite("product_sts").kind(), is(Satellite.Kind.STATUS));
    assertThat(satellite("pizzeria_eff").start(), is("valid_from"));
    assertThat(satellite("pizzeria_eff").end(), is("valid_to"));
    assertThat(satellite("supplier_erp").masked(), contains("name"));
    assertThat(satellite("order_pos").deletes(), is(Satellite.Deletes.FLAG));
    assertThat(satellite("order_pos").late(), is(Satellite.Late.QUARANTINE));
    assertThat(satellite("pizzeria_pos").load(), is(Satellite.Load.SCD2));
  }

  @Test
  public void tablesSayHowTheyArrive() {
    assertThat(table("pos.orders").extract(), is(SourceTable.Extract.PARTIAL));
    assertThat(table("pos.orders").loadTime(), is("loaded"));
    assertThat(table("pos.order_lines").declaredKey(), contains("id"));
    assertThat(table("pos.pizzerias").extract(), is(SourceTable.Extract.ROWS));
    assertThat(table("pos.pizzerias").loadTime(), is(nullValue()));
    assertThat(
        table("erp.currencies").reference(),
        is(
            new Reference(
                "currency",
                new Listed(List.of(new Taken("code", "code"))),
                new Listed(
                    List.of(new Taken("name", "name"), new Taken("minor_units", "minor_units"))),
                Reference.Load.SCD2)));
  }

  @Test
  public void whatIsComputed() {
    assertThat(
        MODEL.snapshot("daily"),
        is(
            new Snapshot(
                "daily",
                LocalTime.of(3, 0),
                ZoneId.of("Europe/Berlin"),
                new Retention(
                    Period.ofDays(90), Period.ofWeeks(52), Period.ofYears(5), Retention.FOREVER))));
    assertThat(
        MODEL.snapshot("always"),
        is(new Snapshot("always", LocalTime.MIDNIGHT, ZoneOffset.UTC, Retention.ALL)));
    assertThat(
        MODEL.pits().get("pizzeria_pit"),
        is(new Pit("pizzeria_pit", "pizzeria", List.of("pizzeria_pos", "pizzeria_erp"), "daily")));
    assertThat(
        MODEL.bridges().get("order_bridge"),
        is(
            new Bridge(
                "order_bridge",
                "order",
                List.of(new Bridge.Leg("order_line", "order", "product", "product")),
                List.of("order_pizzeria"),
                "daily")));
    assertThat(
        MODEL.bridges().get("up_bridge").legs(),
        contains(new Bridge.Leg("pizzeria_parent", "child", "parent", "pizzeria")));
    assertThat(
        MODEL.bridges().get("order_bridge").walk(), contains("order", "order_line", "product"));
    assertThat(
        MODEL.business().get("order_total"),
        is(
            new BusinessSatellite(
                "order_total", "order", "business/order_total.sql", Satellite.Load.SCD2)));
  }
}
