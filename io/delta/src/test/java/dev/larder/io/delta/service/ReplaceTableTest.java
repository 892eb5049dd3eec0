package dev.larder.io.delta.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.log.ConflictException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A table takes the place of another, in one commit. */
public class ReplaceTableTest {
  private static final RowSchema OLD = RowSchema.of(Column.required("id", ColumnType.INT));
  private static final RowSchema NEW =
      RowSchema.of(
          Column.required("id", ColumnType.STRING), Column.nullable("name", ColumnType.STRING));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private DeltaTable table;
  private DeltaTable other;

  @Before
  public void writeTables() {
    table = DeltaTable.create(lake(), spec("old", OLD, Map.of("hash", "md5", "kept", "yes")));
    table.append(OLD, List.<Object[]>of(new Object[] {1L}).iterator(), "stream", 7);
    other = DeltaTable.create(lake(), spec("new", NEW, Map.of("hash", "sha256")));
    other.append(NEW, List.<Object[]>of(new Object[] {"a", "A"}).iterator());
    other.append(NEW, List.<Object[]>of(new Object[] {"b", null}).iterator());
  }

  private static TableSpec spec(String name, RowSchema schema, Map<String, String> properties) {
    return new TableSpec(name, schema, new LoadRule.InsertIfAbsent(List.of("id")), 1, properties);
  }

  private String lake() {
    return folder.getRoot().getPath();
  }

  private static List<String> rows(RowIterator all) {
    List<String> rows = new ArrayList<>();
    try (all) {
      all.forEachRemaining(row -> rows.add(Arrays.toString(row)));
    }
    rows.sort(null);
    return rows;
  }

  @Test
  public void tableHasTheRowsColumnsAndPropertiesOfTheOtherOne() {
    long version = table.latest().version();

    assertThat(table.replaceBy(other, version), is(version + 1));

    assertThat(rows(table.latest().rows()), contains("[a, A]", "[b, null]"));
    assertThat(table.latest().schema(), is(NEW));
    assertThat(table.latest().properties().get("hash"), is("sha256"));
    assertThat(table.latest().properties().get("kept"), is("yes"));
    assertThat(rows(table.at(version).rows()), contains("[1]"));
  }

  @Test
  public void whoLoadsTheTableGoesOnWhereHeWas() {
    table.replaceBy(other, table.latest().version());

    assertThat(table.batch("stream"), is(7L));
  }

  @Test
  public void otherTableMayBeDroppedAfterwards() {
    table.replaceBy(other, table.latest().version());

    DeltaTables.drop(lake(), "new");

    assertThat(rows(table.latest().rows()), contains("[a, A]", "[b, null]"));
    assertThat(DeltaTables.names(lake()), contains("old"));
    assertThat(Files.exists(folder.getRoot().toPath().resolve("new")), is(false));
  }

  @Test
  public void nothingIsReplacedIfTheTableChangedMeanwhile() {
    long seen = table.latest().version();
    table.append(OLD, List.<Object[]>of(new Object[] {2L}).iterator());

    assertThrows(ConflictException.class, () -> table.replaceBy(other, seen));

    assertThat(rows(table.latest().rows()), contains("[1]", "[2]"));
  }

  @Test
  public void propertiesAreSetOnceAndOnlyIfTheyDiffer() {
    long version = table.latest().version();

    table.setProperties(Map.of("hash", "sha1", "more", "x"));
    table.setProperties(Map.of("hash", "sha1"));

    assertThat(table.latest().version(), is(version + 1));
    assertThat(table.latest().properties().get("hash"), is("sha1"));
    assertThat(table.latest().properties().get("more"), is("x"));
    assertThat(table.latest().properties().get("kept"), is("yes"));
    assertThat(rows(table.latest().rows()), contains("[1]"));
  }

  @Test
  public void droppingATableThatIsNotThereDoesNothing() {
    DeltaTables.drop(lake(), "neither");

    assertThat(DeltaTables.names(lake()).stream().filter("neither"::equals).toList(), is(empty()));
  }
}
