package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.Test;

/** A TRUNCATE is no event of rows: what Debezium says of its row is left from the event before. */
public class TruncatePlaceTest {
  private static final TableId TABLE = new TableId("x", "t");
  private static final DebeziumJson DECODER =
      new DebeziumJson(
          new DebeziumFormat(
              List.of(new LogSource("x", "s", "d")),
              SourceCatalog.of(
                  Map.of(
                      TABLE,
                      new TableSchema(
                          TABLE,
                          RowSchema.of(Column.required("id", ColumnType.INT)),
                          List.of("id")))),
              DebeziumModes.larder()));

  private static Sequence placeOf(int row) {
    String event =
        "{\"before\":null,\"after\":null,\"op\":\"t\",\"source\":{\"name\":\"s\",\"db\":\"d\","
            + "\"table\":\"t\",\"file\":\"b.000001\",\"pos\":3448586,\"row\":"
            + row
            + ",\"ts_us\":1795285404384000}}";
    Decoded decoded =
        DECODER.decode(new LogPlace("t", 0, 0), null, event.getBytes(StandardCharsets.UTF_8));
    return ((Decoded.Change) decoded).record().sequence();
  }

  @Test
  public void isTheSameWhereverTheConnectorBeganToRead() {
    assertThat(placeOf(2), is(placeOf(0)));
    assertThat(placeOf(0), is(new Sequence(1, 3448586, 0)));
  }
}
