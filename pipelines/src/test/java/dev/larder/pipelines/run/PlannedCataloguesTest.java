package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.kafka.BatchPlan;
import dev.larder.io.kafka.OffsetRange;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.pipelines.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PlannedCataloguesTest {
  private static final SourceCatalog BEFORE = orders("id");
  private static final SourceCatalog AFTER = orders("id", "note");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static SourceCatalog orders(String... columns) {
    List<Column> all = new ArrayList<>();
    for (String column : columns) {
      all.add(Column.nullable(column, ColumnType.STRING));
    }
    TableId id = new TableId("pos", "orders");
    return SourceCatalog.of(List.of(new TableSchema(id, RowSchema.of(all), List.of("id"))));
  }

  private static BatchPlan plan(long batch) {
    return new BatchPlan(batch, List.of(new OffsetRange("pos.pos.orders", 0, 0, 9)), Map.of());
  }

  private Ledger ledger() {
    return Ledger.open(folder.getRoot().toString());
  }

  @Test
  public void plansOfOneCatalogueShareALineOfTheLedger() {
    PlannedCatalogues catalogues = new PlannedCatalogues(ledger());
    BatchPlan first = catalogues.with(plan(1), BEFORE);
    BatchPlan second = catalogues.with(plan(2), orders("id"));

    assertThat(ledger().entries(Ledger.CATALOGUE), hasSize(1));
    assertThat(catalogues.of(first), is(BEFORE));
    assertThat(catalogues.of(second), is(BEFORE));
    assertThat(second.toJson().length(), is(lessThan(200)));
  }

  @Test
  public void aPlanIsRunAgainWithItsOwnCatalogueByAnotherProcess() {
    PlannedCatalogues catalogues = new PlannedCatalogues(ledger());
    BatchPlan before = catalogues.with(plan(1), BEFORE);
    BatchPlan after = catalogues.with(plan(2), AFTER);

    PlannedCatalogues other = new PlannedCatalogues(ledger());
    assertThat(other.of(BatchPlan.fromJson(before.toJson())), is(BEFORE));
    assertThat(other.of(BatchPlan.fromJson(after.toJson())), is(AFTER));
    assertThat(other.with(plan(3), AFTER).properties(), is(after.properties()));
    assertThat(other.of(other.with(plan(4), BEFORE)), is(BEFORE));
  }

  @Test
  public void aPlanThatHoldsItsCatalogueIsReadAsItIs() {
    PlannedCatalogues catalogues = new PlannedCatalogues(ledger());
    catalogues.with(plan(1), BEFORE);

    BatchPlan old = plan(2).withProperty("catalogue", AFTER.toJson());

    assertThat(catalogues.of(old), is(AFTER));
  }
}
