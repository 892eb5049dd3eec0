package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class DeltaTableTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("id", ColumnType.INT), Column.nullable("name", ColumnType.STRING));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;
  private DeltaTable table;

  @Before
  public void lake() {
    lake = folder.getRoot().toString();
    table = DeltaTable.of(lake, "ops/ledger");
  }

  private static Iterator<Object[]> rows(Object... ids) {
    return java.util.Arrays.stream(ids).map(id -> new Object[] {id, "n" + id}).iterator();
  }

  @Test
  public void appendsABatchOnce() {
    assertThat(table.append(SCHEMA, rows(1L), "loop", 3), is(true));
    assertThat(table.append(SCHEMA, rows(1L), "loop", 3), is(false));
    assertThat(table.append(SCHEMA, rows(2L), "loop", 4), is(true));

    assertThat(Rows.read(table.latest()), contains("[1, n1]", "[2, n2]"));
    assertThat(table.batch("loop"), is(4L));
    assertThat(table.batch("other"), is(-1L));
  }

  @Test
  public void replacesRowsAndColumnsInOneVersion() {
    table.append(SCHEMA, rows(1L, 2L));
    RowSchema other = RowSchema.of(Column.nullable("name", ColumnType.INT));

    long version = table.replace(other, List.<Object[]>of(new Object[] {5L}).iterator());

    assertThat(version, is(1L));
    assertThat(table.latest().schema(), is(other));
    assertThat(Rows.read(table.latest()), contains("[5]"));
    assertThat(Rows.read(table.at(0)), contains("[1, n1]", "[2, n2]"));
  }

  @Test
  public void replaceCreatesATable() {
    assertThat(table.exists(), is(false));

    table.replace(SCHEMA, rows(1L));

    assertThat(Rows.read(table.latest()), contains("[1, n1]"));
    assertThat(table.replace(SCHEMA, rows()), is(1L));
    assertThat(Rows.read(table.latest()), hasSize(0));
  }

  @Test
  public void filtersByColumnsThatAreNotRead() {
    table.append(SCHEMA, rows(1L, 2L, null, 3L));

    try (RowIterator rows = table.latest().rows(List.of("name"), Filter.atLeast("id", 2L))) {
      assertThat(Rows.text(rows.next()), is("[n2]"));
      assertThat(Rows.text(rows.next()), is("[n3]"));
      assertThat(rows.hasNext(), is(false));
    }
  }

  @Test
  public void namesTheColumnsThatThereAre() {
    table.append(SCHEMA, rows(1L));

    UserException error =
        assertThrows(UserException.class, () -> table.latest().rows(List.of("nmae")));

    assertThat(error.getMessage(), is(table + " has no column \"nmae\". Known columns: id, name."));
  }

  @Test
  public void saysWhereThereIsNoTable() {
    UserException error = assertThrows(UserException.class, table::latest);

    assertThat(
        error.getMessage(),
        is(
            "There is no Delta table at "
                + table
                + ". Check the lake's path, or load the table first: it is created by its first"
                + " rows."));
    assertThat(Files.exists(Path.of(table.toString())), is(false));
  }

  @Test
  public void createsDeclaredTablesOnceAndAddsTheirNewColumns() {
    TableSpec spec =
        new TableSpec(
            "vault/hub", SCHEMA, new LoadRule.InsertIfAbsent(List.of("id")), 4, Map.of("p", "v"));
    RowSchema wider =
        RowSchema.of(
            Column.nullable("id", ColumnType.INT), Column.nullable("more", ColumnType.DATE));

    DeltaTables.create(lake, List.of(spec));
    DeltaTables.create(lake, List.of(spec));

    DeltaTable hub = DeltaTable.of(lake, "vault/hub");
    assertThat(hub.latest().version(), is(0L));
    assertThat(
        hub.latest().properties(),
        is(
            Map.of(
                "p",
                "v",
                "larder.buckets",
                "4",
                "larder.rule",
                "InsertIfAbsent",
                "larder.key",
                "id")));
    DeltaTables.create(
        lake,
        new TableSpec("vault/hub", wider, new LoadRule.InsertIfAbsent(List.of("id")), 8, Map.of()));
    assertThat(hub.latest().schema().toString(), is("id int, name string, more date"));
    assertThat(hub.latest().properties().get("larder.buckets"), is("4"));
    assertThat(DeltaTables.names(lake), contains("vault/hub"));
  }

  @Test
  public void refusesATableWithAnotherKey() {
    DeltaTables.create(
        lake, new TableSpec("h", SCHEMA, new LoadRule.InsertIfAbsent(List.of("id")), 4, Map.of()));

    UserException error =
        assertThrows(
            UserException.class,
            () ->
                DeltaTables.create(
                    lake,
                    new TableSpec(
                        "h", SCHEMA, new LoadRule.InsertIfAbsent(List.of("name")), 4, Map.of())));

    assertThat(
        error.getMessage(),
        is(
            DeltaTable.of(lake, "h")
                + " was created with the key (id), declared is now (name). A table keeps its key:"
                + " load into a new table."));
  }
}
