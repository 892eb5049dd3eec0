package dev.larder.stores;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaIO;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.log.DeltaLogs;
import dev.larder.io.delta.store.LogPath;
import dev.larder.io.delta.store.StoredFile;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.ClassRule;
import org.junit.Test;

/** What is done with a table on local files, done on an object store. */
public class S3TableIT {
  @ClassRule public static final S3Lake S3 = new S3Lake("s3-table");

  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT),
          Column.nullable("price", ColumnType.INT),
          Column.nullable("since", ColumnType.TIMESTAMP),
          Column.nullable("until", ColumnType.TIMESTAMP),
          Column.nullable("current", ColumnType.BOOLEAN));
  private static final long END = 1_000L;
  private static final TableSpec PRICES =
      new TableSpec(
          "vault/prices",
          SCHEMA,
          new LoadRule.Scd2(List.of("id"), List.of("price"), "since", "until", "current", END),
          2,
          Map.of());

  private final String lake = S3.lake("lake-" + System.nanoTime());

  private static TableRow price(long id, long price, long since) {
    return TableRow.put(
        "vault/prices", SCHEMA, new Object[] {id, price, since, END, true}, Sequence.BEGINNING);
  }

  private void merge(long batch, TableRow... rows) {
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(Arrays.asList(rows)).withCoder(TableRowCoder.of()))
        .apply(
            DeltaIO.mergeRows()
                .to(lake)
                .withTables(List.of(PRICES))
                .withTransaction("prices", batch));
    pipeline.run().waitUntilFinish();
  }

  private List<List<Object>> rows(DeltaTable table) {
    List<List<Object>> rows = new ArrayList<>();
    try (RowIterator read = table.latest().rows(List.of("id", "price", "until", "current"))) {
      read.forEachRemaining(row -> rows.add(Arrays.asList(row)));
    }
    return rows;
  }

  @Test
  public void rowsAreMergedAndReadAndOldVersionsStay() {
    merge(0, price(1, 10, 100), price(2, 20, 100));
    merge(1, price(1, 11, 200));
    merge(1, price(1, 12, 300));

    DeltaTable table = DeltaTable.of(lake, "vault/prices");
    assertThat(
        rows(table),
        containsInAnyOrder(
            Arrays.asList(1L, 10L, 200L, false),
            Arrays.asList(1L, 11L, END, true),
            Arrays.asList(2L, 20L, END, true)));
    assertThat(table.latest().version(), is(1L));
    assertThat(table.at(0).rows().next().length, is(5));
    assertThat(table.location(), is(lake + "/vault/prices"));
    assertThat(table.latest().files().get(0), startsWith(lake + "/vault/prices/part-"));
  }

  @Test
  public void aCheckpointIsWrittenAndTheTableReadFromIt() throws Exception {
    merge(0, price(1, 10, 100));
    merge(1, price(1, 11, 200));
    DeltaTable table = DeltaTable.of(lake, "vault/prices");

    DeltaLogs.of(lake, "vault/prices").checkpoint();

    TableStore store = TableStores.of(lake, "vault/prices");
    List<String> log = store.list(TableStore.LOG).stream().map(StoredFile::name).toList();
    assertThat(log, hasItem("_delta_log/_last_checkpoint"));
    assertThat(log, hasItem("_delta_log/00000000000000000001.checkpoint.parquet"));
    // Elsewhere it is another table, whose log nobody has open.
    copyWithout("_delta_log/00000000000000000000.json", store, TableStores.of(lake, "copy"));
    DeltaTable copy = DeltaTable.of(lake.replace("s3a://", "s3://"), "copy");
    assertThat(copy.latest().version(), is(1L));
    assertThat(rows(copy), is(rows(table)));
  }

  private static void copyWithout(String left, TableStore from, TableStore to) throws IOException {
    for (StoredFile file : from.list("")) {
      if (!file.name().equals(left)) {
        try (InputStream in = from.input(LogPath.encode(file.name())).newStream();
            OutputStream out = to.create(file.name()).create(0)) {
          in.transferTo(out);
        }
      }
    }
  }

  @Test
  public void tablesOfALakeAreFound() {
    assertThat(DeltaTables.names(lake), is(List.of()));
    DeltaTables.create(lake, PRICES);
    DeltaTable.of(lake, "a b/%20").append(SCHEMA, List.<Object[]>of(new Object[5]).iterator());

    assertThat(DeltaTables.names(lake), contains("a b/%20", "vault/prices"));
    assertThat(DeltaTable.of(lake, "a b/%20").latest().rows().next().length, is(5));
    assertThat(DeltaTable.of(lake, "vault/none").exists(), is(false));
  }

  @Test
  public void filesAreListedLookedUpAndDeleted() {
    DeltaTables.create(lake, PRICES);
    TableStore store = TableStores.of(lake, "vault/prices");
    StoredFile commit = store.list("").get(0);

    assertThat(commit.name(), is("_delta_log/00000000000000000000.json"));
    assertThat(store.stat(commit.name()).orElseThrow(), is(commit));
    assertThat(store.stat("nothing").isPresent(), is(false));
    assertThat(store.list("nothing"), is(List.of()));
    store.delete(commit.name());
    store.delete(commit.name());
    assertThat(store.list(""), is(List.of()));
  }
}
