package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.larder.io.changes.TableSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How the rows of one table stand in events: a reader per column. Columns are expected in the
 * table's order, which costs one comparison each, and found in any. Not for two threads at once.
 */
final class RowLayout {
  private final String server;
  private final String database;
  private final TableSchema table;
  private final String[] names;
  private final ValueReader[] readers;
  private final Map<String, Integer> positions;
  private final boolean[] seen;
  private final Set<String> leftOut;

  /**
   * @param leftOut columns that are passed over
   */
  RowLayout(
      String server,
      String database,
      TableSchema table,
      List<ValueReader> readers,
      Set<String> leftOut) {
    this.leftOut = leftOut;
    this.server = server;
    this.database = database;
    this.table = table;
    this.names = table.columns().names().toArray(new String[0]);
    this.readers = readers.toArray(new ValueReader[0]);
    this.positions = new HashMap<>();
    this.seen = new boolean[names.length];
    for (int i = 0; i < names.length; i++) {
      positions.put(names[i], i);
    }
  }

  TableSchema table() {
    return table;
  }

  boolean isOf(Envelope event) {
    return table.id().table().equals(event.table)
        && server.equals(event.server)
        && database.equals(event.database);
  }

  /**
   * Reads a row image.
   *
   * @param parser at the object's start; left at its end
   */
  Object[] read(JsonParser parser) throws IOException, Refused {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new Refused(DecodeErrors.noRow(table.id()));
    }
    Object[] row = new Object[names.length];
    Arrays.fill(seen, false);
    int next = 0;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      int at = next < names.length && names[next].equals(name) ? next : position(name);
      if (at < 0) {
        parser.nextToken();
        parser.skipChildren();
        continue;
      }
      if (seen[at]) {
        throw new Refused(DecodeErrors.columnTwice(table.id(), names[at]));
      }
      seen[at] = true;
      next = at + 1;
      if (parser.nextToken() != JsonToken.VALUE_NULL) {
        row[at] = value(parser, at);
      }
    }
    return row;
  }

  private Object value(JsonParser parser, int at) throws IOException, Refused {
    if (parser.currentToken() == null) {
      throw new Refused(DecodeErrors.noRow(table.id()));
    }
    try {
      return readers[at].read(parser);
    } catch (Unfit e) {
      throw new Refused(
          DecodeErrors.unfit(table.id(), names[at], e.getMessage(), parser.currentToken()));
    }
  }

  /** Of a column that is passed over: -1. */
  private int position(String name) throws Refused {
    Integer position = positions.get(name);
    if (position == null && leftOut.contains(name)) {
      return -1;
    }
    if (position == null) {
      throw new Refused(DecodeErrors.unknownColumn(table.id(), name));
    }
    return position;
  }
}
