package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** What one message says, as far as it was read. Absent numbers are {@link #ABSENT}. */
final class Envelope {
  static final long ABSENT = Long.MIN_VALUE;

  String operation;
  String server;
  String database;
  String table;
  String file;
  long position = ABSENT;
  long row = ABSENT;
  long committedMicros = ABSENT;
  long committedMillis = ABSENT;
  long committedSeconds = ABSENT;
  long writtenMillis = ABSENT;
  Object[] before;
  Object[] after;
  boolean isTransaction;
  boolean isSchemaChange;
  private boolean hasBefore;
  private boolean hasAfter;
  private boolean hasOthers;

  private Envelope() {}

  /** Only the sign of life: no field but the connector's own time. */
  boolean isHeartbeat() {
    return writtenMillis != ABSENT && !hasOthers && operation == null && table == null;
  }

  /**
   * Reads an envelope.
   *
   * @param parser at the object's start; left at its end
   * @param layout reads the row images; null leaves them out
   */
  static Envelope read(JsonParser parser, RowLayout layout) throws IOException, Refused {
    Envelope envelope = new Envelope();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      envelope.field(name, parser, layout);
    }
    return envelope;
  }

  private void field(String name, JsonParser parser, RowLayout layout) throws IOException, Refused {
    switch (name) {
      case "before" -> {
        refuseTwice(hasBefore, name);
        hasBefore = true;
        before = image(parser, layout);
      }
      case "after" -> {
        refuseTwice(hasAfter, name);
        hasAfter = true;
        after = image(parser, layout);
      }
      case "source" -> {
        hasOthers = true;
        source(parser);
      }
      case "op" -> operation = text(parser);
      case "ts_ms" -> writtenMillis = number(parser);
      case "ts_us", "ts_ns", "transaction" -> parser.skipChildren();
      case "status", "event_count", "data_collections" -> {
        isTransaction = true;
        parser.skipChildren();
      }
      case "ddl", "tableChanges" -> {
        isSchemaChange = true;
        parser.skipChildren();
      }
      default -> {
        hasOthers = true;
        parser.skipChildren();
      }
    }
  }

  private static void refuseTwice(boolean seen, String name) throws Refused {
    if (seen) {
      throw new Refused(DecodeErrors.noEvent("it has the field \"" + name + "\" twice"));
    }
  }

  private static Object[] image(JsonParser parser, RowLayout layout) throws IOException, Refused {
    if (layout == null || parser.currentToken() == JsonToken.VALUE_NULL) {
      parser.skipChildren();
      return null;
    }
    return layout.read(parser);
  }

  private void source(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      switch (name) {
        case "name" -> server = text(parser);
        case "db" -> database = text(parser);
        case "table" -> table = text(parser);
        case "file" -> file = text(parser);
        case "pos" -> position = number(parser);
        case "row" -> row = number(parser);
        case "ts_us" -> committedMicros = number(parser);
        case "ts_ms" -> committedMillis = number(parser);
        case "ts_sec" -> committedSeconds = number(parser);
        default -> parser.skipChildren();
      }
    }
  }

  /** Text, or null if the value is something else. */
  private static String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return parser.getText();
    }
    parser.skipChildren();
    return null;
  }

  /** A 64-bit integer, or {@link #ABSENT} if the value is something else. */
  private static long number(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return parser.getLongValue();
    }
    parser.skipChildren();
    return ABSENT;
  }
}
