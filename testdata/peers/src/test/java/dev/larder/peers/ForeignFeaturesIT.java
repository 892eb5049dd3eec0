package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.delta.DeltaTable;
import java.util.Iterator;
import java.util.List;
import org.hamcrest.Matcher;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A table of Spark's with a feature that Larder cannot honour is refused by the feature's name. */
public class ForeignFeaturesIT {
  private static final RowSchema SCHEMA = RowSchema.of(Column.nullable("id", ColumnType.INT));

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void deletionVectors() {
    create("(id BIGINT)", "TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    sql("INSERT INTO %s SELECT id FROM range(10)");
    sql("DELETE FROM %s WHERE id = 3");

    refused("deletionVectors");
  }

  @Test
  public void columnMapping() {
    create("(id BIGINT)", "TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");

    refused("columnMapping");
  }

  @Test
  public void timestampsWithoutZone() {
    create("(id BIGINT, at TIMESTAMP_NTZ)", "");

    refused("timestamp_ntz");
  }

  @Test
  public void checkpointsOfVersion2() {
    create("(id BIGINT)", "TBLPROPERTIES ('delta.checkpointPolicy' = 'v2')");

    isReadAndNotWritten("v2Checkpoint");
  }

  @Test
  public void typeWidening() {
    create("(id SMALLINT)", "TBLPROPERTIES ('delta.enableTypeWidening' = 'true')");
    sql("INSERT INTO %s VALUES (1)");
    sql("ALTER TABLE %s ALTER COLUMN id TYPE INT");

    refused("typeWidening");
  }

  @Test
  public void changeDataFeed() {
    create("(id BIGINT)", "TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')");

    isReadAndNotWritten("changeDataFeed");
  }

  @Test
  public void checkConstraints() {
    create("(id BIGINT)", "");
    sql("ALTER TABLE %s ADD CONSTRAINT positive CHECK (id > 0)");

    isReadAndNotWritten("CHECK");
  }

  @Test
  public void generatedColumns() {
    io.delta.tables.DeltaTable.create(SparkPeer.session())
        .location(location())
        .addColumn("id", "BIGINT")
        .addColumn(
            io.delta.tables.DeltaTable.columnBuilder(SparkPeer.session(), "twice")
                .dataType("BIGINT")
                .generatedAlwaysAs("id * 2")
                .build())
        .execute();

    isReadAndNotWritten("generated");
  }

  @Test
  public void clustering() {
    sql("CREATE TABLE %s (id BIGINT) USING delta CLUSTER BY (id)");

    isReadAndNotWritten("clustering");
  }

  @Test
  public void rowTracking() {
    create("(id BIGINT)", "TBLPROPERTIES ('delta.enableRowTracking' = 'true')");

    isReadAndNotWritten("rowTracking");
  }

  @Test
  public void inCommitTimestamps() {
    create("(id BIGINT)", "TBLPROPERTIES ('delta.enableInCommitTimestamps' = 'true')");

    isReadAndNotWritten("inCommitTimestamp");
  }

  @Test
  public void notNullColumnsOfSparkAreKept() {
    create("(id BIGINT NOT NULL, name STRING)", "");

    append();

    assertThat(SparkPeer.read(folder.getRoot().toPath().resolve("t")).count(), is(1L));
  }

  private void create(String columns, String rest) {
    sql("CREATE TABLE %s " + columns + " USING delta " + rest);
  }

  private void sql(String statement) {
    SparkPeer.sql(statement.replace("%s", "delta.`" + location() + "`"));
  }

  private String location() {
    return folder.getRoot().toPath().resolve("t").toString();
  }

  private DeltaTable table() {
    return DeltaTable.of(folder.getRoot().toString(), "t");
  }

  private void append() {
    Iterator<Object[]> rows = List.<Object[]>of(new Object[] {5L}).iterator();
    table().append(SCHEMA, rows);
  }

  private void refused(String feature) {
    assertThat(
        assertThrows(UserException.class, () -> table().latest()).getMessage(), names(feature));
    assertThat(assertThrows(UserException.class, this::append).getMessage(), names(feature));
  }

  private void isReadAndNotWritten(String feature) {
    assertThat(table().latest().schema().names().get(0), is("id"));
    long files = table().latest().files().size();
    assertThat(assertThrows(UserException.class, this::append).getMessage(), names(feature));
    assertThat((long) table().latest().files().size(), is(files));
  }

  private Matcher<String> names(String feature) {
    return allOf(containsString(location()), containsString(feature));
  }
}
