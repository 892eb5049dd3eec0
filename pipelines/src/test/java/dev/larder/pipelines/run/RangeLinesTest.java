package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.jdbc.BinlogPosition;
import dev.larder.io.jdbc.TablePlan;
import dev.larder.io.jdbc.TablePlanJson;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public final class RangeLinesTest {
  private static final Map<String, BinlogPosition> P0 =
      Map.of("pos", new BinlogPosition("binlog.000001", 4, "", 1));

  private static TablePlan plan(String rest) {
    return TablePlanJson.read(
            "[{\"table\": \"pos.orders\", \"columns\": [[\"id\", \"int\", \"not null\"]], \"key\":"
                + " [\"id\"], \"index\": {\"name\": \"PRIMARY\", \"order\": \"TOTAL\", \"storage\":"
                + " \"CLUSTERED\", \"columns\": [{\"name\": \"id\", \"form\": \"INTEGER\"}]}, "
                + rest
                + "}]",
            P0)
        .get(0);
  }

  @Test
  public void showsTheFirstRangesWithTheirRows() {
    TablePlan plan =
        plan(
            "\"rows\": 4100, \"ranges\": [{\"rows\": 990, \"to\": [\"5\"]}, {\"rows\": 1100,"
                + " \"from\": [\"5\"], \"to\": [\"9\"]}, {\"rows\": 1000, \"from\": [\"9\"], \"to\":"
                + " [\"12\"]}, {\"rows\": 1010, \"from\": [\"12\"]}]");

    assertThat(
        RangeLines.of(plan, 2),
        is(
            List.of(
                "pos.orders: about 4,100 rows in 4 ranges of 990 to 1,100",
                "    990  SELECT `id` FROM `orders` WHERE `id` < 5 ORDER BY `id`",
                "  1,100  SELECT `id` FROM `orders` WHERE `id` >= 5 AND `id` < 9 ORDER BY `id`",
                "  ... and 2 more (--allRanges)")));
    assertThat(RangeLines.of(plan, Integer.MAX_VALUE).size(), is(5));
  }

  @Test
  public void showsATableOfOneRangeAndItsNote() {
    assertThat(
        RangeLines.of(plan("\"rows\": 1, \"note\": \"Slow.\", \"ranges\": [{\"rows\": 1}]"), 3),
        is(
            List.of(
                "pos.orders: about 1 row in 1 range",
                "  1  SELECT `id` FROM `orders` ORDER BY `id`",
                "  Note: Slow.")));
  }
}
