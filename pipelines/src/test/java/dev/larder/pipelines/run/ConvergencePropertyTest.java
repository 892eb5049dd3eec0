package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.LoadRule;
import dev.larder.testdata.delivery.Deliveries;
import dev.larder.testdata.delivery.ShopLog;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.VaultTable;
import dev.larder.transforms.vault.VaultTables;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The same events, however Kafka delivers them: always the same rows, in all columns. A hub's first
 * sighting is the one thing that cuts may decide (README), so hubs and links are compared by their
 * keys. The same on both runners: ConvergenceSparkIT.
 */
class ConvergencePropertyTest {
  private static final VaultTables TABLES =
      VaultTables.of(VaultModelReader.read("vault.yaml", ShopLog.MODEL), ShopLog.TABLES, 1);
  private static final int CHANGES = 60;
  private static final int KEYS = 5;
  private static final int MOST = 7;

  @Property(tries = 200)
  void everyDeliveryGivesTheSameRows(
      @ForAll long seed, @ForAll long delivery, @ForAll boolean byKey) {
    List<ChangeRecord> log = ShopLog.of(seed, CHANGES, KEYS);
    MemoryVault inOneGo = new MemoryVault(TABLES);
    inOneGo.load(log);
    MemoryVault delivered = new MemoryVault(TABLES);
    Deliveries.of(log, byKey ? 3 : 1, MOST, delivery).forEach(delivered::load);

    for (VaultTable table : TABLES.tables()) {
      assertThat(table.name(), rows(delivered, table), is(rows(inOneGo, table)));
    }
  }

  private static List<String> rows(MemoryVault vault, VaultTable table) {
    boolean isFirst = table.spec().rule() instanceof LoadRule.InsertIfAbsent;
    return vault.rows(table.name()).stream()
        .map(row -> isFirst ? Arrays.deepToString(new Object[] {row[0]}) : Arrays.deepToString(row))
        .sorted()
        .toList();
  }
}
