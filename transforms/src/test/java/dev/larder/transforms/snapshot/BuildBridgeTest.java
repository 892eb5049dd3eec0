package dev.larder.transforms.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.io.changes.Values;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.junit.Rule;
import org.junit.Test;

public class BuildBridgeTest {
  private static final long OPEN_END = Values.micros(Instant.parse("9999-12-31T23:59:59.999999Z"));
  private static final PitSpec.Types TYPES =
      new PitSpec.Types(ColumnType.STRING, ColumnType.TIMESTAMP);
  private static final BridgeSpec.Leg ORDER =
      new BridgeSpec.Leg(
          "link_order",
          new BridgeSpec.Key("order_link_hk", "order_link_hk"),
          new BridgeSpec.Key("customer_hk", "customer_hk"),
          List.of(new BridgeSpec.Key("order_hk", "order_hk")),
          new BridgeSpec.Effective(
              "eff_order", new PitSpec.Version("order_link_hk", "loaded_at"), "end", OPEN_END),
          BridgeSpec.Kind.REQUIRED);
  private static final BridgeSpec.Leg LINE =
      new BridgeSpec.Leg(
          "link_line",
          new BridgeSpec.Key("line_hk", "line_hk"),
          new BridgeSpec.Key("order_hk", "order_hk"),
          List.of(),
          new BridgeSpec.Known("loaded_at"),
          BridgeSpec.Kind.REQUIRED);

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  private static BridgeSpec spec(BridgeSpec.Leg... legs) {
    return new BridgeSpec(
        "bridge",
        new BridgeSpec.Start("hub_customer", "customer_hk", "customer_hk"),
        "as_of",
        List.of(legs),
        List.of("customer_hk", "order_link_hk", "line_hk"),
        TYPES,
        "00");
  }

  private static TableRow row(String table, String columns, Object... values) {
    List<Column> schema = new java.util.ArrayList<>();
    String[] names = columns.split(" ");
    for (int i = 0; i < names.length; i++) {
      ColumnType type = values[i] instanceof Long ? ColumnType.TIMESTAMP : ColumnType.STRING;
      schema.add(Column.required(names[i], type));
    }
    return TableRow.put(table, RowSchema.of(schema), values, Sequence.BEGINNING);
  }

  private static TableRow order(String customer, String order) {
    return row(
        "link_order", "order_link_hk customer_hk order_hk", customer + order, customer, order);
  }

  private static TableRow effective(String customer, String order, long loadedAt, boolean isOpen) {
    return row(
        "eff_order",
        "order_link_hk loaded_at end",
        customer + order,
        loadedAt,
        isOpen ? OPEN_END : loadedAt);
  }

  private static TableRow line(String line, String order, long loadedAt) {
    return row("link_line", "line_hk order_hk loaded_at", line, order, loadedAt);
  }

  private static TableRow bridge(String customer, long asOf, String orderLink, String line) {
    return row(
        "bridge", "customer_hk as_of order_link_hk line_hk", customer, asOf, orderLink, line);
  }

  @Test
  public void keepsWalksWhoseEveryLegHoldsAtTheInstant() {
    List<TableRow> rows =
        List.of(
            row("hub_customer", "customer_hk", "A"),
            row("hub_customer", "customer_hk", "A"),
            row("hub_customer", "customer_hk", "B"),
            order("A", "1"),
            order("A", "2"),
            order("B", "1"),
            effective("A", "1", 10, true),
            effective("A", "1", 30, false),
            effective("B", "1", 30, true),
            effective("A", "2", 10, false),
            line("x", "1", 10),
            line("y", "1", 20),
            line("z", "2", 10));
    List<Instant> asOfs = List.of(Values.instant(10), Values.instant(20), Values.instant(30));

    PCollection<TableRow> bridge =
        pipeline
            .apply(Create.of(rows).withCoder(TableRowCoder.of()))
            .apply("Group", new GroupTableRows())
            .apply("Build", BuildBridge.of(spec(ORDER, LINE), asOfs).withRanges(2))
            .apply("Rows", new EachTableRow());

    PAssert.that(bridge)
        .containsInAnyOrder(
            bridge("A", 10, "A1", "x"),
            bridge("A", 20, "A1", "x"),
            bridge("A", 20, "A1", "y"),
            bridge("B", 30, "B1", "x"),
            bridge("B", 30, "B1", "y"));
    pipeline.run();
  }

  @Test
  public void refusesALegThatStartsWhereNoWalkHasBeen() {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> spec(LINE, ORDER));

    assertThat(refusal.getMessage(), is("bridge: link_line starts at order_hk, not met before"));
  }
}
