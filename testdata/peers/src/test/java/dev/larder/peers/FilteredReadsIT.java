package dev.larder.peers;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Our filters find in Spark's files, by Spark's statistics and partitions, what Spark finds. */
public class FilteredReadsIT {
  private static final String LONG = "thirty-two characters and no more";

  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static Path path;

  @BeforeClass
  public static void write() {
    path = FOLDER.getRoot().toPath().resolve("t");
    SparkPeer.sql(
        "CREATE TABLE "
            + SparkPeer.table(path)
            + " (id INT, day DATE, place STRING, at TIMESTAMP, price DECIMAL(20,4), ratio DOUBLE,"
            + " name STRING, inside STRUCT<depth: BIGINT>) USING delta PARTITIONED BY (day, place)");
    insert(
        "(1, DATE '2024-03-30', 'CH', TIMESTAMP '2024-03-30 01:02:03.000999Z', 1.5, 0.5,"
            + " 'a', named_struct('depth', 1L))");
    insert(
        "(2, DATE '2024-03-31', 'a b/ä', TIMESTAMP '1969-12-31 23:59:59.999999Z', -1.5,"
            + " double('NaN'), '"
            + LONG
            + "zz', NULL)");
    insert(
        "(3, DATE '2024-03-31', NULL, NULL, 99999999999999.1234, -0.0, '"
            + LONG
            + "\uD83C\uDF55', named_struct('depth', NULL))");
    insert(
        "(4, NULL, 'CH', TIMESTAMP '2024-03-30 01:02:03.001000Z', NULL, double('Infinity'),"
            + " NULL, named_struct('depth', 9L))");
  }

  private static void insert(String row) {
    SparkPeer.sql("INSERT INTO " + SparkPeer.table(path) + " VALUES " + row);
  }

  private static long micros(String instant) {
    return Instant.parse(instant).getEpochSecond() * 1_000_000
        + Instant.parse(instant).getNano() / 1_000;
  }

  private static int day(String date) {
    return (int) LocalDate.parse(date).toEpochDay();
  }

  /** The same condition in our words and in Spark's. */
  private static void same(Filter filter, String condition) {
    DeltaSnapshot stored = DeltaTable.of(FOLDER.getRoot().toString(), "t").latest();
    RowSchema schema = stored.schema();
    List<Object[]> read = new ArrayList<>();
    try (RowIterator rows = stored.rows(filter)) {
      rows.forEachRemaining(read::add);
    }
    assertThat(
        condition,
        Lake.texts(read),
        is(Lake.texts(SparkPeer.canonical(SparkPeer.read(path).where(condition), schema))));
  }

  @Test
  public void partitionsAreFilledInAndFilteredBy() {
    same(Filter.everything(), "true");
    same(Filter.equalTo("day", day("2024-03-31")), "day = DATE '2024-03-31'");
    same(Filter.not(Filter.equalTo("place", "CH")), "NOT place = 'CH'");
    same(Filter.equalTo("place", "a b/ä"), "place = 'a b/ä'");
    same(Filter.isNull("day").or(Filter.isNull("place")), "day IS NULL OR place IS NULL");
  }

  @Test
  public void sparksStatisticsLoseNoRow() {
    same(Filter.greaterThan("id", 2L), "id > 2");
    same(
        Filter.atLeast("at", micros("2024-03-30T01:02:03.000999Z")),
        "at >= TIMESTAMP '2024-03-30 01:02:03.000999Z'");
    same(
        Filter.equalTo("at", micros("1969-12-31T23:59:59.999999Z")),
        "at = TIMESTAMP '1969-12-31 23:59:59.999999Z'");
    same(
        Filter.equalTo("price", new java.math.BigDecimal("99999999999999.1234")),
        "price = 99999999999999.1234");
    same(Filter.greaterThan("ratio", 1e300), "ratio > 1e300D");
    same(Filter.equalTo("ratio", Double.NaN), "ratio = double('NaN')");
    same(Filter.equalTo("ratio", 0.0), "ratio = 0.0D");
    same(Filter.atLeast("name", LONG + "zz"), "name >= '" + LONG + "zz'");
    same(Filter.equalTo("name", LONG + "\uD83C\uDF55"), "name = '" + LONG + "\uD83C\uDF55'");
    same(Filter.between("inside.depth", 2L, 9L), "inside.depth BETWEEN 2 AND 9");
    same(Filter.isNull("inside.depth"), "inside.depth IS NULL");
    same(Filter.isNull("inside"), "inside IS NULL");
  }

  @Test
  public void filesThatSparkWroteAreLeftUnopened() throws Exception {
    Path copy = FOLDER.newFolder("copies").toPath().resolve("t");
    SparkPeer.sql(
        "CREATE TABLE "
            + SparkPeer.table(copy)
            + " (id INT, place STRING) USING delta"
            + " PARTITIONED BY (place)");
    SparkPeer.sql("INSERT INTO " + SparkPeer.table(copy) + " VALUES (1, 'x'), (2, 'y')");
    DeltaSnapshot stored = DeltaTable.of(copy.getParent().toString(), "t").latest();
    for (String file : stored.files()) {
      Files.delete(Path.of(file));
    }

    try (RowIterator rows = stored.rows(Filter.greaterThan("id", 2L))) {
      assertThat(rows.hasNext(), is(false));
    }
    try (RowIterator rows = stored.rows(Filter.equalTo("place", "z"))) {
      assertThat(rows.hasNext(), is(false));
    }
  }
}
