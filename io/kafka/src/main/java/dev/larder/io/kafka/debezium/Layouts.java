package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Builds the layout of each table once per schema. Not for two threads at once. */
final class Layouts {
  private final DebeziumFormat format;
  private final JsonFactory factory;
  private final Map<Origin, RowLayout> layouts = new HashMap<>();

  /**
   * What decides a layout.
   *
   * @param schema the event's schema, or null
   * @param key the columns of the record's key where only they tell the table's key, or null
   */
  private record Origin(
      String server, String database, String table, ConnectSchema schema, List<String> key) {}

  Layouts(DebeziumFormat format, JsonFactory factory) {
    this.format = format;
    this.factory = factory;
  }

  /** Whether events of its table are not wanted. */
  boolean isLeftOut(Envelope event) throws Refused {
    return !format.only().isEmpty()
        && !format.only().contains(new TableId(source(event), event.table));
  }

  /**
   * @param schema the event's schema, or null if it has none
   * @param key tells the names in the record's key; asked if the catalogue does not have the table
   */
  RowLayout of(Envelope event, ConnectSchema schema, KeyNames key) throws IOException, Refused {
    TableId id = new TableId(source(event), event.table);
    TableSchema known = format.catalog().find(id);
    if (known == null && schema == null) {
      throw new Refused(DecodeErrors.unknownTable(id));
    }
    List<String> keyColumns = known == null ? key.names() : null;
    Origin origin = new Origin(event.server, event.database, event.table, schema, keyColumns);
    RowLayout layout = layouts.get(origin);
    if (layout == null) {
      TableSchema table = known != null ? known : table(id, schema, keyColumns);
      layout =
          new RowLayout(
              event.server,
              event.database,
              table,
              readers(table, schema),
              format.catalog().leftOut(id));
      layouts.put(origin, layout);
    }
    return layout;
  }

  private String source(Envelope event) throws Refused {
    for (LogSource source : format.sources()) {
      if (source.server().equals(event.server) && source.database().equals(event.database)) {
        return source.name();
      }
    }
    throw new Refused(DecodeErrors.unknownSource(event, format.sources()));
  }

  private static TableSchema table(TableId id, ConnectSchema schema, List<String> key)
      throws Refused {
    List<Column> columns = schema.fields().stream().map(ConnectField::column).toList();
    try {
      return new TableSchema(id, RowSchema.of(columns), key);
    } catch (IllegalArgumentException e) {
      throw new Refused(DecodeErrors.unreadableSchema(id + ": " + e.getMessage()));
    }
  }

  private List<ValueReader> readers(TableSchema table, ConnectSchema schema) {
    Map<String, ConnectField> fields = new HashMap<>();
    if (schema != null) {
      schema.fields().forEach(field -> fields.put(field.name(), field));
    }
    List<ValueReader> readers = new ArrayList<>();
    for (Column column : table.columns().columns()) {
      ConnectField field = fields.get(column.name());
      String declared = format.catalog().declaredType(table.id(), column.name());
      Encoding encoding =
          field != null
              ? field.encoding(format.modes(), column.type())
              : Encoding.of(column.type(), declared, format.modes());
      ValueReader reader = ValueReaders.of(encoding, column.type());
      boolean isYear = field != null && field.logical().equals(ConnectField.YEAR);
      readers.add(isYear ? Oddities.year(reader) : Oddities.mended(reader, declared));
    }
    return readers;
  }

  /** The names of the columns in a record's key. */
  interface KeyNames {
    List<String> names() throws IOException, Refused;
  }

  /** The names in the payload of a key in JSON; none for a table without a key. */
  List<String> keyColumns(byte[] key) throws IOException, Refused {
    List<String> names = new ArrayList<>();
    if (key == null || key.length == 0) {
      return names;
    }
    try (JsonParser parser = Message.of(factory, key).payload(factory)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
          names.add(name);
          parser.nextToken();
          parser.skipChildren();
        }
      }
    }
    return names;
  }
}
