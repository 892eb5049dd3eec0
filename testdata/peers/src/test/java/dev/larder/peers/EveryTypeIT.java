package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** A table with every type is, to Spark and DuckDB, the table that was written. */
public class EveryTypeIT {
  private static final String TABLE = "every_type";

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private Lake lake;

  @Before
  public void written() {
    lake = new Lake(folder.getRoot().toPath());
    lake.append(
        EveryType.rows().stream()
            .map(row -> Lake.put(TABLE, EveryType.SCHEMA, 1, row))
            .toArray(TableRow[]::new));
  }

  @Test
  public void sparkSeesTheDeclaredTypes() {
    Map<String, String> types =
        Stream.of(SparkPeer.read(table()).schema().fields())
            .collect(Collectors.toMap(StructField::name, field -> field.dataType().simpleString()));

    assertThat(types, is(EveryType.SPARK_TYPES));
  }

  @Test
  public void sparkReadsEveryValue() {
    assertThat(
        Lake.texts(SparkPeer.rows(table(), EveryType.SCHEMA)), is(Lake.texts(EveryType.rows())));
  }

  @Test
  public void sparkReadsEachColumnAlone() {
    for (Column column : EveryType.SCHEMA.columns()) {
      RowSchema one = RowSchema.of(column);
      int position = EveryType.SCHEMA.position(column.name());
      List<Object[]> expected =
          EveryType.rows().stream().map(row -> new Object[] {row[position]}).toList();

      assertThat(
          column.name(),
          Lake.texts(SparkPeer.canonical(SparkPeer.read(table()).select(column.name()), one)),
          is(Lake.texts(expected)));
    }
  }

  @Test
  public void duckDbReadsEveryValueOfTheLiveFiles() {
    assertThat(
        Lake.texts(DuckDbPeer.rows(lake.latest(TABLE).files(), EveryType.SCHEMA)),
        is(Lake.texts(EveryType.rows())));
  }

  @Test
  public void larderReadsWhatSparkWroteWithTheSameValues() {
    Path copy = folder.getRoot().toPath().resolve("copy");
    SparkPeer.read(table()).write().format("delta").save(copy.toString());

    assertThat(lake.latest("copy").schema().names(), is(EveryType.SCHEMA.names()));
    assertThat(Lake.texts(lake.rows("copy")), is(Lake.texts(EveryType.rows())));
  }

  @Test
  public void larderAddsRowsToWhatSparkWrote() {
    Path copy = folder.getRoot().toPath().resolve("copy");
    SparkPeer.read(table()).where("id = 1").write().format("delta").save(copy.toString());
    Object[] added = EveryType.rows().get(1);

    lake.append(Lake.put("copy", EveryType.SCHEMA, 1, added));

    assertThat(
        Lake.texts(SparkPeer.rows(copy, EveryType.SCHEMA)),
        contains(Lake.texts(List.of(EveryType.rows().get(0), added)).toArray(new String[0])));
  }

  private Path table() {
    return lake.table(TABLE);
  }
}
