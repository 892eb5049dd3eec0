package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Test;

/** Tables that the database stores in partitions, and rows and columns that are left out. */
public final class PartitionsIT {
  @ClassRule public static final TestMySql MYSQL = new TestMySql();

  private static final String NOTE = "note CHAR(80) NOT NULL DEFAULT 'x'";

  @Before
  public void startEmpty() throws SQLException {
    MYSQL.startEmpty();
  }

  @Test
  public void putsSmallPartitionsTogetherAndCutsLargeOnes() throws SQLException {
    CutTable table =
        CutTable.filled(
                MYSQL,
                "t",
                "(id INT PRIMARY KEY, "
                    + NOTE
                    + ") PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (2000), PARTITION"
                    + " p1 VALUES LESS THAN (5000), PARTITION p2 VALUES LESS THAN (6000), PARTITION"
                    + " p3 VALUES LESS THAN (26000), PARTITION p4 VALUES LESS THAN (27000),"
                    + " PARTITION `p ``5` VALUES LESS THAN MAXVALUE)",
                32_000,
                "i, 'x'")
            .cut(5_000);

    table.isEven(13, 25).insert("-1, 'x'", "0, 'x'", "99999999, 'x'").holdsEveryRowOnce();
    assertThat(partitions(table), is(List.of("p `5", "p0", "p1", "p2", "p3", "p4")));
    List<TableRange> large =
        table.ranges().stream().filter(range -> range.partitions().contains("p3")).toList();
    assertThat(large, hasSize(greaterThan(2)));
    assertThat(large.get(1).sql(), containsString("FROM `t` PARTITION (`p3`) WHERE `id` >= "));
    assertThat(large.get(1).resumable(), is(true));
  }

  private static List<String> partitions(CutTable table) {
    TreeSet<String> names = new TreeSet<>();
    table.ranges().forEach(range -> names.addAll(range.partitions()));
    return List.copyOf(names);
  }

  @Test
  public void readsSubpartitions() throws SQLException {
    CutTable table =
        CutTable.filled(
                MYSQL,
                "t",
                "(day DATE, id INT, "
                    + NOTE
                    + ", PRIMARY KEY (day, id)) PARTITION BY RANGE (YEAR(day)) SUBPARTITION BY HASH"
                    + " (id) SUBPARTITIONS 3 (PARTITION p0 VALUES LESS THAN (2021), PARTITION p1"
                    + " VALUES LESS THAN MAXVALUE)",
                20_000,
                "'2020-01-01' + INTERVAL i DIV 25 DAY, i, 'x'")
            .cut(3_500);

    table.isEven(6, 25).insert("'0000-00-00', 1, 'x'", "'9999-12-31', 1, 'x'").holdsEveryRowOnce();
    assertThat(partitions(table), hasSize(6));
  }

  @Test
  public void readsManyPartitionsByHashWithAndWithoutAKey() throws SQLException {
    CutTable table =
        CutTable.filled(
                MYSQL,
                "t",
                "(id BIGINT, " + NOTE + ", PRIMARY KEY (id)) PARTITION BY KEY () PARTITIONS 16",
                20_000,
                "i * 1000, 'x'")
            .cut(5_000);
    table.isEven(4, 20).insert("-5, 'x'", "0, 'x'").holdsEveryRowOnce();
    assertThat(partitions(table), hasSize(16));

    CutTable keyless =
        CutTable.filled(MYSQL, "log", "(id INT) PARTITION BY HASH (id) PARTITIONS 4", 400, "i")
            .cut(100);
    keyless.insert("NULL", "1", "1").holdsEveryRowOnce();
    assertThat(
        keyless.plan().warning().orElseThrow(),
        is(
            "Table pos.log has neither a primary key nor a unique key: each of its partitions is"
                + " read by one connection, and rows that are equal in every column cannot be told"
                + " apart. Give it a key: ALTER TABLE `log` ADD COLUMN larder_id BIGINT NOT NULL"
                + " AUTO_INCREMENT PRIMARY KEY;"));
  }

  @Test
  public void readsOnlyWhatMeetsTheFilter() throws SQLException {
    CutTable table =
        CutTable.filled(MYSQL, "t", "id INT PRIMARY KEY, a INT", 1_000, "i, i % 10")
            .cut(
                RangePlanner.withDefaults()
                    .withRowsPerRange(300)
                    .withFilters(Map.of(MYSQL.source().table("t"), "a = 3 OR a = 4")));

    assertThat(table.ranges(), hasSize(greaterThan(2)));
    assertThat(table.counts().stream().mapToLong(Long::longValue).sum(), is(200L));
  }

  @Test
  public void readsOnlySomeColumns() throws SQLException {
    CutTable.filled(MYSQL, "t", "id INT PRIMARY KEY, a INT, b INT", 10, "i, i, i");
    try (Connection connection = Connections.open(MYSQL.source())) {
      Catalogue catalogue = Catalogue.read(MYSQL.source(), connection);
      TableSchema all = catalogue.table("t");
      TableSchema some =
          new TableSchema(
              all.id(), RowSchema.of(all.columns().column(0), all.columns().column(2)), all.key());

      TablePlan plan = RangePlanner.withDefaults().plan(catalogue, connection, some, CutTable.P0);

      assertThat(plan.ranges().get(0).sql(), is("SELECT `id`, `b` FROM `t` ORDER BY `id`"));
    }
  }
}
