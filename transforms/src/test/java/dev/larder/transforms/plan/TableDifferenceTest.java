package dev.larder.transforms.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.VaultTables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** What a change of the model means for tables that are there. */
public class TableDifferenceTest {
  private static final TableId ORDERS = new TableId("pos", "orders");
  private static final TableSchema SOURCE =
      new TableSchema(
          ORDERS,
          RowSchema.of(
              Column.required("country", ColumnType.STRING),
              Column.required("no", ColumnType.INT),
              Column.required("unit", ColumnType.STRING),
              Column.nullable("status", ColumnType.STRING),
              Column.nullable("total", ColumnType.decimal(10, 2))),
          List.of("no"));

  private static final String MODEL =
      """
      vault: shop
      hashing: {algorithm: sha256}
      sources: {pos: {database: pos, record_source: POS}}
      hubs:
        order: {key: [country, number], normal: none}
        unit: code
      links:
        order_unit: {hubs: [order, unit]}
      tables:
        pos.orders:
          order: {country: country, number: no}
          unit: unit
          links: [order_unit]
          satellites: {order_pos: {of: order, columns: [status]}}
      """;

  private static VaultTables tables(String yaml) {
    return VaultTables.of(VaultModelReader.read("vault.yaml", yaml), Map.of(ORDERS, SOURCE), 1);
  }

  /** The difference of a table that the model as it was has made. */
  private static TableDifference difference(String table, String was, String now) {
    VaultTables before = tables(MODEL);
    VaultTables after = tables(MODEL.replace(was, now));
    Map<String, String> stored =
        new HashMap<>(TableDifference.properties(before.model(), before.table(table)));
    stored.put("larder.rule", before.table(table).spec().rule().getClass().getSimpleName());
    return TableDifference.of(
        after.model(), after.table(table), before.table(table).spec().schema(), stored);
  }

  @Test
  public void sameModelMakesNoDifference() {
    for (String table :
        List.of("vault/hub_order", "vault/link_order_unit", "vault/sat_order_pos")) {
      assertThat(difference(table, "shop", "shop").isNone(), is(true));
    }
  }

  @Test
  public void columnAtTheEndOfAHashDiffIsAnAddition() {
    TableDifference difference =
        difference("vault/sat_order_pos", "columns: [status]", "columns: [status, total]");

    assertThat(difference.isRefused(), is(false));
    assertThat(
        difference.additions(),
        contains(
            "new column total decimal(10,2)",
            "the hash diff goes on with total; stored ones stay as they are"));
    assertThat(difference.properties().get("larder.hash.columns"), is("status,total"));
  }

  @Test
  public void columnBeforeOthersInAHashDiffIsRefused() {
    TableDifference difference =
        difference("vault/sat_order_pos", "columns: [status]", "columns: [total, status]");

    assertThat(
        difference.rebuilds(),
        contains("inputs of the hash diff: stored are status, the model asks for total, status"));
    assertThat(difference.changesKeys(), is(false));
  }

  @Test
  public void otherOrderOfKeyPartsIsRefusedInAllTablesOfTheKey() {
    String was = "[country, number]";
    String now = "[number, country]";

    assertThat(
        difference("vault/hub_order", was, now).rebuilds(),
        contains(
            "inputs of the hash key: stored are order.country none, order.number none, the model"
                + " asks for order.number none, order.country none",
            "key from pos.orders: stored are country, no, the model asks for no, country"));
    assertThat(difference("vault/link_order_unit", was, now).changesKeys(), is(true));
    assertThat(difference("vault/sat_order_pos", was, now).changesKeys(), is(true));
    assertThat(difference("vault/sts_order_pos_orders", was, now).changesKeys(), is(true));
    assertThat(difference("vault/hub_unit", was, now).isNone(), is(true));
  }

  @Test
  public void otherNormalisationAlgorithmOrExpressionIsRefused() {
    assertThat(
        difference("vault/hub_order", "normal: none", "normal: upper").rebuilds(),
        contains(
            "inputs of the hash key: stored are order.country none, order.number none, the model"
                + " asks for order.country upper, order.number upper"));
    assertThat(
        difference("vault/hub_unit", "sha256", "md5").rebuilds(),
        contains("hash algorithm: stored are sha256, the model asks for md5"));
    assertThat(
        difference("vault/hub_unit", "unit: unit", "unit: \"lpad(unit, 5, '0')\"").rebuilds(),
        contains("key from pos.orders: stored are unit, the model asks for lpad(unit, '5', '0')"));
  }

  @Test
  public void whatATableDoesNotSayIsTakenForUnchanged() {
    VaultTables now = tables(MODEL.replace("normal: none", "normal: upper"));
    RowSchema columns = now.table("vault/hub_order").spec().schema();

    TableDifference difference =
        TableDifference.of(now.model(), now.table("vault/hub_order"), columns, Map.of());

    assertThat(difference.additions(), is(empty()));
    assertThat(difference.rebuilds(), is(empty()));
  }
}
