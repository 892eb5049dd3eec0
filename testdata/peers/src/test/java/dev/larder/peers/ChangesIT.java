package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaIO;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.spark.sql.Row;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** The changes that we derive from files are those that Spark's change data feed has recorded. */
public class ChangesIT {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void derivedChangesAreThoseOfSparksFeed() {
    Path path = folder.getRoot().toPath().resolve("t");
    String table = SparkPeer.table(path);
    SparkPeer.sql(
        "CREATE TABLE "
            + table
            + " (id BIGINT, name STRING, country STRING) USING delta PARTITIONED BY (country)"
            + " TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')");
    SparkPeer.sql(
        "INSERT INTO "
            + table
            + " VALUES (1, 'a', 'CH'), (2, 'b', 'CH'), (3, 'c', 'a b/ä'), (4, 'd', NULL),"
            + " (5, NULL, 'CH')");
    SparkPeer.sql("UPDATE " + table + " SET name = 'x' WHERE id IN (2, 4)");
    SparkPeer.sql("DELETE FROM " + table + " WHERE id = 1");
    SparkPeer.sql(
        "MERGE INTO "
            + table
            + " t USING (SELECT * FROM VALUES (2L, 'y', 'CH'), (9L, 'n', 'CH'), (3L, NULL, NULL)"
            + " AS s(id, name, country)) s ON t.id = s.id"
            + " WHEN MATCHED AND s.name IS NULL THEN DELETE"
            + " WHEN MATCHED THEN UPDATE SET name = s.name"
            + " WHEN NOT MATCHED THEN INSERT *");
    SparkPeer.sql("OPTIMIZE " + table);
    SparkPeer.sql("DELETE FROM " + table + " WHERE country = 'CH'");

    Pipeline pipeline = Pipeline.create();
    PAssert.that(
            pipeline
                .apply(
                    DeltaIO.readChanges()
                        .from(folder.getRoot().toString(), "t")
                        .afterVersion(-1)
                        .withKey("t", List.of("id")))
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(row -> Arrays.deepToString(row.values()))))
        .containsInAnyOrder(feed(path));
    pipeline.run().waitUntilFinish();
  }

  private static List<String> feed(Path path) {
    List<String> rows = new ArrayList<>();
    List<Row> feed =
        SparkPeer.session()
            .read()
            .format("delta")
            .option("readChangeFeed", "true")
            .option("startingVersion", 0)
            .load(path.toString())
            .select("id", "name", "country", "_change_type", "_commit_version", "_commit_timestamp")
            .collectAsList();
    for (Row row : feed) {
      Object[] values = new Object[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            row.get(i) instanceof Instant instant ? (Object) Values.micros(instant) : row.get(i);
      }
      rows.add(Arrays.deepToString(values));
    }
    assertThat(rows.size(), is(17));
    return rows;
  }
}
