package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.larder.io.changes.TableRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/**
 * Spark changes a table of ours by every command it has; after each of them Larder sees what Spark
 * sees, loads into the table by its rule, and Spark sees that.
 */
public class SparkRewritesIT {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Lake lake;
  private LoadedTable table;

  @Before
  public void lake() {
    lake = new Lake(folder.getRoot().toPath());
  }

  @Test
  public void anAppendedTable() {
    sparkAndLarderTakeTurns(LoadedTable.APPENDED);
  }

  @Test
  public void aTableOfFirstSightings() {
    sparkAndLarderTakeTurns(LoadedTable.INSERTED_IF_ABSENT);
  }

  @Test
  public void aTableOfChanges() {
    sparkAndLarderTakeTurns(LoadedTable.INSERTED_IF_CHANGED);
  }

  @Test
  public void aTableOfVersionsWithEnds() {
    sparkAndLarderTakeTurns(LoadedTable.SCD2);
  }

  @Test
  public void aTableOfNewestRows() {
    sparkAndLarderTakeTurns(LoadedTable.LATEST);
  }

  private void sparkAndLarderTakeTurns(LoadedTable wanted) {
    table = wanted;
    lake.load(table.spec(), table.firstRows(40));
    load("first load", 101);
    changes(
        "MERGE",
        "MERGE INTO %s t USING (SELECT id + IF(id = 3, 500, 0) AS id, name, price, at, until, current, hk FROM %s"
            + " WHERE id IN (3, 4)) s ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET price = s.price + 1"
            + " WHEN NOT MATCHED THEN INSERT *");
    load("MERGE", 102);
    changes("DELETE", "DELETE FROM %s WHERE id IN (5, 6)");
    load("DELETE", 103);
    changes("UPDATE", "UPDATE %s SET name = upper(name) WHERE id < 2");
    load("UPDATE", 104);
    keeps("OPTIMIZE", "OPTIMIZE %s ZORDER BY (id, price)");
    load("OPTIMIZE", 105);
    keeps("VACUUM", "VACUUM %s RETAIN 0 HOURS");
    load("VACUUM", 106);
    long version = lake.latest(name()).version();
    List<String> restored = seen();
    changes("second DELETE", "DELETE FROM %s WHERE id > 20");
    changes("RESTORE", "RESTORE TABLE %s TO VERSION AS OF " + version);
    assertThat("RESTORE", seen(), is(restored));
    load("RESTORE", 107);
    changes("ADD COLUMN", "ALTER TABLE %s ADD COLUMNS (note STRING)");
    load("ADD COLUMN", 108);
    changes("UPDATE of the new column", "UPDATE %s SET note = 'seen' WHERE id < 3");
    load("UPDATE of the new column", 109);
  }

  private void changes(String what, String statement) {
    List<String> before = seen();
    run(statement);
    assertThat(what, seen(), is(not(before)));
    assertThat(what, seen(), is(spark()));
  }

  private void keeps(String what, String statement) {
    List<String> before = seen();
    run(statement);
    assertThat(what, seen(), is(before));
    assertThat(what, spark(), is(before));
  }

  private void run(String statement) {
    SparkPeer.sql(statement.replace("%s", SparkPeer.table(lake.table(name()))));
  }

  private void load(String after, long newId) {
    List<Object[]> before = lake.rows(name());
    List<TableRow> batch = table.batch(before, newId);

    lake.load(table.spec(), batch);

    List<String> expected = Lake.texts(table.after(before, batch, lake.latest(name()).schema()));
    assertThat("Larder's load after " + after, seen(), is(expected));
    assertThat("Spark's view of the load after " + after, spark(), is(expected));
  }

  private List<String> seen() {
    return Lake.texts(lake.rows(name()));
  }

  private List<String> spark() {
    Path path = lake.table(name());
    return Lake.texts(SparkPeer.rows(path, lake.latest(name()).schema()));
  }

  private String name() {
    return table.spec().name();
  }
}
