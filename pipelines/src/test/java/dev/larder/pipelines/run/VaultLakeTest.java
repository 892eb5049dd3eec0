package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class VaultLakeTest {
  private static final TableId CUSTOMERS = TableId.parse("shop.customers");
  private static final Map<TableId, TableSchema> CATALOGUE =
      Map.of(
          CUSTOMERS,
          new TableSchema(
              CUSTOMERS,
              RowSchema.of(
                  Column.required("id", ColumnType.INT),
                  Column.nullable("name", ColumnType.STRING)),
              List.of("id")));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static VaultModel model(String settings) {
    return VaultModelReader.read(
        "vault.yaml",
        "vault: test\n"
            + settings
            + "sources: {shop: {database: shop, record_source: SHOP}}\n"
            + "hubs: {customer: id}\n"
            + "tables:\n"
            + "  shop.customers:\n"
            + "    customer: id\n"
            + "    satellites:\n"
            + "      plain: {of: customer, columns: [name]}\n"
            + "      ends: {of: customer, columns: [name], load: scd2}\n");
  }

  private void create(String settings) {
    VaultLake.create(folder.getRoot().toString(), model(settings), CATALOGUE);
  }

  private List<Object[]> rows(String table) {
    List<Object[]> rows = new ArrayList<>();
    try (RowIterator all = DeltaTable.of(folder.getRoot().toString(), table).latest().rows()) {
      all.forEachRemaining(rows::add);
    }
    return rows;
  }

  @Test
  public void ghostsAreAddedOnceAlsoToTablesThatAreThere() {
    create("");
    assertThat(rows("vault/sat_plain").size(), is(0));

    create("defaults: {ghost: true}\n");
    create("defaults: {ghost: true}\n");

    assertThat(rows("vault/sat_plain").size(), is(1));
    assertThat((byte[]) rows("vault/sat_plain").get(0)[0], is(new byte[32]));
    assertThat(rows("vault/sat_ends").size(), is(1));
    assertThat(rows("vault/hub_customer").size(), is(0));
  }

  @Test
  public void aVaultOfOtherHashesIsRefusedBeforeAnythingIsMade() {
    create("");

    UserException e =
        assertThrows(
            UserException.class, () -> create("hashing: {profile: automate-dv, store: hex}\n"));

    assertThat(
        e.getMessage(),
        allOf(
            containsString("hash profile: stored are strict, the model asks for automate-dv"),
            containsString("form of hashes: stored are binary, the model asks for hex"),
            containsString("larder rehash")));
  }
}
