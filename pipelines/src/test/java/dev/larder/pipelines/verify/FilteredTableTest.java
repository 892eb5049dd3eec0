package dev.larder.pipelines.verify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.util.List;
import org.junit.Test;

public class FilteredTableTest {
  private static final RowSchema COLUMNS =
      RowSchema.of(
          Column.required("id", ColumnType.INT), Column.nullable("state", ColumnType.STRING));

  private static List<Boolean> absentIsWrong(String read) {
    VaultModel model =
        VaultModelReader.read(
            "vault.yaml",
            """
            vault: shop
            sources:
              shop: {database: shop, record_source: SHOP}
            hubs:
              order: id
            tables:
              shop.orders:
                %s
                order: id
                satellites: {order_shop: {of: order, columns: [state]}}
                history:
                  order_history: {load: scd2, key: {Id: id}, columns: {State: state}}
            """
                .formatted(read));
    return Comparisons.of(model, new TableId("shop", "orders"), COLUMNS, "rows").stream()
        .map(Comparison::absentIsWrong)
        .toList();
  }

  @Test
  public void rowsThatOnlyTheVaultHasAreDifferencesButInHubs() {
    assertThat(absentIsWrong("on_alter: evolve"), is(List.of(false, true, true)));
  }

  @Test
  public void underAFilterTheyMayBeRowsOfTheLogThatDoNotMeetIt() {
    assertThat(absentIsWrong("read: {where: \"id > 10\"}"), is(List.of(false, false, false)));
  }
}
