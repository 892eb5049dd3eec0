package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.larder.io.delta.DeltaTables;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** What {@code DESCRIBE HISTORY} tells of our commits. */
public class HistoryIT {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void sparkTellsWhatLarderDid() {
    Lake lake = new Lake(folder.getRoot().toPath());
    LoadedTable table = LoadedTable.INSERTED_IF_CHANGED;
    DeltaTables.create(folder.getRoot().toString(), table.spec());
    lake.load(table.spec(), table.firstRows(20));
    lake.load(table.spec(), table.batch(lake.rows(table.spec().name()), 100));
    SparkPeer.sql("DELETE FROM " + spark(lake, table) + " WHERE id = 1");

    List<Row> history = SparkPeer.sql("DESCRIBE HISTORY " + spark(lake, table));

    assertThat(column(history, "version"), contains("3", "2", "1", "0"));
    assertThat(column(history, "operation"), contains("DELETE", "MERGE", "MERGE", "CREATE TABLE"));
    assertThat(
        history.stream().<Object>map(row -> row.getAs("timestamp")).toList(),
        everyItem(is(notNullValue())));
    assertThat(column(history.subList(1, 4), "engineInfo"), everyItem(startsWith("Larder")));
  }

  private static String spark(Lake lake, LoadedTable table) {
    return SparkPeer.table(lake.table(table.spec().name()));
  }

  private static List<String> column(List<Row> rows, String name) {
    return rows.stream().map(row -> String.valueOf(row.<Object>getAs(name))).toList();
  }
}
