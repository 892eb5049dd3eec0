package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class SourceCatalogTest {
  private static final TableId UNITS = new TableId("erp", "units");
  private static final SourceCatalog CATALOG =
      SourceCatalog.of(
              List.of(
                  new TableSchema(
                      UNITS,
                      RowSchema.of(
                          Column.required("unit_no", ColumnType.INT),
                          Column.nullable("area_m2", ColumnType.decimal(8, 1)),
                          Column.nullable("doors", ColumnType.BINARY)),
                      List.of("unit_no"))))
          .withDeclaredTypes(UNITS, Map.of("doors", "bit(12)"));

  @Test
  public void hasOneText() {
    assertThat(
        CATALOG.toJson(),
        is(
            "{\"tables\":[{\"source\":\"erp\",\"table\":\"units\",\"columns\":["
                + "{\"name\":\"unit_no\",\"type\":\"int\",\"nullable\":false},"
                + "{\"name\":\"area_m2\",\"type\":\"decimal(8,1)\",\"nullable\":true},"
                + "{\"name\":\"doors\",\"type\":\"binary\",\"nullable\":true,"
                + "\"declared\":\"bit(12)\"}],\"key\":[\"unit_no\"]}]}"));
    assertThat(SourceCatalog.fromJson(CATALOG.toJson()), is(CATALOG));
    assertThat(SourceCatalog.fromJson(Captured.catalog().toJson()), is(Captured.catalog()));
  }

  @Test
  public void saysWhatItDoesNotKnow() {
    assertThat(CATALOG.find(new TableId("erp", "vendors")), is(nullValue()));
    assertThat(CATALOG.declaredType(UNITS, "area_m2"), is(nullValue()));
    assertThrows(IllegalArgumentException.class, () -> SourceCatalog.fromJson("{"));
  }

  @Test
  public void columnsThatAreLeftOutArePassedOver() {
    SourceCatalog without = CATALOG.withoutColumns(UNITS, List.of("photo", "plan"));
    String event =
        "{\"before\":null,\"after\":{\"photo\":{\"a\":[1,2]},\"unit_no\":7,\"plan\":null,"
            + "\"doors\":null},\"source\":{\"connector\":\"mysql\",\"name\":\"erp\",\"db\":\"erp\","
            + "\"table\":\"units\",\"file\":\"binlog.000001\",\"pos\":4,\"row\":0,\"ts_ms\":1,"
            + "\"snapshot\":\"false\"},\"op\":\"c\",\"ts_ms\":1}";

    assertThat(SourceCatalog.fromJson(without.toJson()), is(without));
    assertThat(without.equals(CATALOG), is(false));
    Decoded.Change change = (Decoded.Change) decode(without, event);
    assertThat(change.record().after(), is(new Object[] {7L, null, null}));
    assertThat(
        ((Decoded.Failure) decode(CATALOG, event)).reason(),
        containsString("a column \"photo\" that the catalogue does not have"));
  }

  private static Decoded decode(SourceCatalog catalog, String event) {
    return new DebeziumJson(
            new DebeziumFormat(
                List.of(new LogSource("erp", "erp", "erp")), catalog, DebeziumModes.larder()))
        .decode(new LogPlace("units", 0, 0), null, event.getBytes(StandardCharsets.UTF_8));
  }
}
