package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.bench.SatelliteRows;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStores;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.values.KV;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Which rows of a bundle become files at once, and which cross the shuffle. */
public class BundleRowsTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("hk", ColumnType.BINARY), Column.nullable("text", ColumnType.STRING));
  private static final String KIB = "x".repeat(1 << 10);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private final List<KV<TablePart, BundlePart>> brought = new ArrayList<>();
  private LoadPlan plan;
  private long number;

  @Before
  public void plan() {
    plan =
        LoadPlan.of(LoadPlan.Undeclared.APPEND)
            .withLake(folder.getRoot().toString())
            .withTransaction("test", 0);
  }

  private BundleRows bundle() {
    return new BundleRows(plan, new HashMap<>(), (part, rows) -> brought.add(KV.of(part, rows)));
  }

  private void add(BundleRows bundle, String table, int kibibytes) {
    for (int i = 0; i < kibibytes; i++) {
      byte[] hk = SatelliteRows.hash(number++);
      bundle.add(Rows.put(table, SCHEMA, number, hk, KIB));
    }
  }

  private List<BundlePart> parts() {
    return brought.stream().map(KV::getValue).toList();
  }

  private static List<DataFile> files(BundlePart part) {
    return ((BundlePart.Written) part).files();
  }

  @Test
  public void aBundleThatHasMuchForATableWritesItself() {
    BundleRows bundle = bundle();
    add(bundle, "t", 5 << 10);
    bundle.finish();

    assertThat(parts(), contains(instanceOf(BundlePart.Written.class)));
    assertThat(parts().get(0).rows(), is(5L << 10));
    assertThat(files(parts().get(0)), hasSize(1));
  }

  @Test
  public void whatABundleHasLittleOfGoesIntoABlock() {
    BundleRows bundle = bundle();
    add(bundle, "much", 5 << 10);
    add(bundle, "little", 100);
    bundle.finish();

    assertThat(brought, hasSize(2));
    Map<String, BundlePart> byTable = new HashMap<>();
    brought.forEach(each -> byTable.put(each.getKey().table(), each.getValue()));
    assertThat(byTable.get("much"), instanceOf(BundlePart.Written.class));
    assertThat(byTable.get("little"), instanceOf(RowBlock.class));
    assertThat(byTable.get("little").rows(), is(100L));
  }

  @Test
  public void onlySoManyFilesAreOpenAtOnceAndTheRestGoesIntoBlocks() {
    BundleRows bundle = bundle();
    int tables = BundleRows.MAX_OPEN_FILES + 2;
    for (int i = 0; i < tables; i++) {
      add(bundle, "t" + i, 4 << 10);
    }
    bundle.finish();

    long files = parts().stream().filter(BundlePart.Written.class::isInstance).count();
    assertThat(files, is((long) BundleRows.MAX_OPEN_FILES));
    assertThat(parts().stream().mapToLong(BundlePart::rows).sum(), is((long) tables << 12));
  }

  @Test
  public void manySmallTablesDoNotFillTheMemory() {
    BundleRows bundle = bundle();
    for (int i = 0; i < 40; i++) {
      add(bundle, "t" + i, 1 << 10);
    }
    long before = parts().stream().mapToLong(BundlePart::rows).sum();
    bundle.finish();

    assertThat(before, greaterThan(30L << 10));
    assertThat(parts(), everyItem(instanceOf(RowBlock.class)));
    assertThat(parts().stream().mapToLong(BundlePart::rows).sum(), is(40L << 10));
  }

  @Test
  public void aBundleThatIsRunAgainDealsItsBlocksAsBefore() {
    for (int run = 0; run < 2; run++) {
      number = 0;
      BundleRows bundle = bundle();
      for (int i = 0; i < 3; i++) {
        add(bundle, "t" + i, 2 << 10);
      }
      bundle.finish();
    }

    List<TablePart> parts = brought.stream().map(KV::getKey).toList();
    assertThat(parts.subList(0, 3), equalTo(parts.subList(3, 6)));
  }

  @Test
  public void smallBlocksOfATableGoToOnePart() {
    for (int i = 0; i < 10; i++) {
      BundleRows bundle = bundle();
      add(bundle, "t", 10);
      bundle.finish();
    }

    assertThat(brought.stream().map(KV::getKey).distinct().toList(), hasSize(1));
    PartResult result = new PartAppend(plan, "t").append(parts().iterator());
    assertThat(result.rowsAdded(), is(100L));
    assertThat(result.added(), hasSize(1));
  }

  @Test
  public void filesAndBlocksOfAPartAreBothCommitted() {
    BundleRows bundle = bundle();
    add(bundle, "t", 5 << 10);
    bundle.finish();
    BundleRows small = bundle();
    add(small, "t", 10);
    small.finish();

    PartResult result = new PartAppend(plan, "t").append(parts().iterator());
    new TableCommitter(plan, "t").commit(List.of(result));

    DeltaSnapshot latest = DeltaTable.of(plan.lake(), "t").latest();
    assertThat(Rows.read(latest, "hk"), hasSize((5 << 10) + 10));
  }

  @Test
  public void filesAreClosedAtTheTargetSize() {
    plan = plan.withTargetFileSize(1 << 20);
    BundleRows bundle = bundle();
    for (int i = 0; i < 100_000; i++) {
      bundle.add(
          Rows.put("t", SCHEMA, i, SatelliteRows.hash(i), "text " + Long.toString(i * 7919L, 36)));
    }
    bundle.finish();

    List<DataFile> files = files(parts().get(0));
    assertThat(files.size(), greaterThan(2));
    assertThat(
        files.subList(0, files.size() - 1).stream().map(DataFile::size).toList(),
        everyItem(allOf(greaterThan(512L << 10), lessThan(2L << 20))));
  }

  @Test
  public void theTableSaysHowLargeItsFilesAreToBe() {
    Map<String, String> property = Map.of("delta.targetFileSize", "16mb");
    TableSpec spec = new TableSpec("t", SCHEMA, new LoadRule.Append(), 1, property);
    plan = plan.withTables(List.of(spec));

    assertThat(plan.targetFileSize("t", null), is(16L << 20));
    assertThat(plan.targetFileSize("other", null), is(128L << 20));
    assertThat(plan.withTargetFileSize(8 << 20).targetFileSize("t", null), is(8L << 20));
    DeltaTable.create(plan.lake(), spec);
    assertThat(plan.targetFileSize("t", plan.log("t").latest().orElseThrow()), is(16L << 20));
  }

  @Test
  public void refusesATargetFileSizeThatIsNone() {
    Map<String, String> property = Map.of("delta.targetFileSize", "large");
    LoadPlan wrong =
        plan.withTables(List.of(new TableSpec("t", SCHEMA, new LoadRule.Append(), 1, property)));

    assertThat(
        assertThrows(UserException.class, () -> wrong.targetFileSize("t", null)).getMessage(),
        is(
            TableStores.of(plan.lake(), "t").location()
                + ": property delta.targetFileSize is \"large\", which is no number of bytes. Set"
                + " it to one like 134217728 or 128mb."));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> plan.withTargetFileSize(5)).getMessage(),
        is("a target file size of 5 bytes; it is at least 1048576"));
  }

  @Test
  public void aBundleOfACommittedBatchWritesNoFiles() {
    BundleRows first = bundle();
    add(first, "t", 10);
    first.finish();
    PartResult result = new PartAppend(plan, "t").append(parts().iterator());
    new TableCommitter(plan, "t").commit(List.of(result));
    brought.clear();

    BundleRows again = bundle();
    add(again, "t", 5 << 10);
    again.finish();

    assertThat(parts(), everyItem(instanceOf(RowBlock.class)));
    PartResult nothing = new PartAppend(plan, "t").append(parts().iterator());
    assertThat(nothing.rowsIn(), is(5L << 10));
    assertThat(nothing.added(), hasSize(0));
  }

  @Test
  public void refusesDeletesInFilesAndInBlocks() {
    TableRow delete = Rows.delete("t", SCHEMA, 1, SatelliteRows.hash(1), "x");
    String message =
        "A row to delete came for table \"t\", whose rule is Append. Only Scd2, Latest,"
            + " Effectivity and Countered take deletes: send them to a table that records them as"
            + " rows.";
    BundleRows small = bundle();
    small.add(delete);
    small.finish();
    BundleRows large = bundle();
    add(large, "t", 4 << 10);

    assertThat(
        assertThrows(
                UserException.class, () -> new PartAppend(plan, "t").append(parts().iterator()))
            .getMessage(),
        is(message));
    assertThat(
        assertThrows(UserException.class, () -> large.add(delete)).getMessage(), is(message));
  }
}
