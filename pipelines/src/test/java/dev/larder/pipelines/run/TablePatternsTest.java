package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.UserException;
import java.util.List;
import org.junit.Test;

public final class TablePatternsTest {
  private static final List<TableId> TABLES =
      List.of(
          new TableId("pos", "orders"),
          new TableId("pos", "order_lines"),
          new TableId("pos", "log_2024"),
          new TableId("erp", "orders"),
          new TableId("erp", "log_24"));

  private static String chosen(List<String> include, List<String> exclude) {
    return TablePatterns.choose(TABLES, include, exclude).toString();
  }

  @Test
  public void takesAllWhereNothingIsAskedFor() {
    assertThat(chosen(null, null), is(TABLES.toString()));
    assertThat(chosen(List.of(), List.of()), is(TABLES.toString()));
  }

  @Test
  public void takesWhatAPatternFitsWholly() {
    assertThat(chosen(List.of("pos.orders"), null), is("[pos.orders]"));
    assertThat(chosen(List.of("pos.order*"), null), is("[pos.orders, pos.order_lines]"));
    assertThat(
        chosen(List.of("*.orders", "*.log_??"), null), is("[pos.orders, erp.orders, erp.log_24]"));
  }

  @Test
  public void leavesOutWhatIsExcluded() {
    assertThat(
        chosen(null, List.of("*.log_*", "erp.nothing")),
        is("[pos.orders, pos.order_lines, erp.orders]"));
    assertThat(
        chosen(List.of("pos.*"), List.of("*.orders")), is("[pos.order_lines, pos.log_2024]"));
  }

  @Test
  public void aPointIsAPoint() {
    UserException e =
        assertThrows(UserException.class, () -> chosen(List.of("pos?orders", "posxorders"), null));

    assertThat(
        e.getMessage(),
        is(
            "--tables=posxorders: the model has no such table. Its tables: pos.orders,"
                + " pos.order_lines, pos.log_2024, erp.orders, erp.log_24."));
  }

  @Test
  public void saysWhenNothingIsLeft() {
    UserException e =
        assertThrows(
            UserException.class, () -> chosen(List.of("erp.orders"), List.of("erp.*", "x")));

    assertThat(
        e.getMessage(),
        is(
            "--exclude=erp.*,x leaves no table. The model's tables: pos.orders, pos.order_lines,"
                + " pos.log_2024, erp.orders, erp.log_24."));
  }
}
