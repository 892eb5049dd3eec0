package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where schema and payload lie in a message of Connect's JsonConverter: {@code {"schema": ...,
 * "payload": ...}} with schemas, the payload alone without.
 *
 * @param schemaFrom first byte of the schema; equal to {@code schemaTo} if there is none
 */
record Message(byte[] bytes, int schemaFrom, int schemaTo, int payloadFrom, int payloadTo) {
  private static final byte[] SCHEMA_FIRST = "{\"schema\":".getBytes(StandardCharsets.UTF_8);
  private static final byte[] THEN_PAYLOAD = ",\"payload\":".getBytes(StandardCharsets.UTF_8);

  boolean hasSchema() {
    return schemaTo > schemaFrom;
  }

  JsonParser payload(JsonFactory factory) throws IOException {
    return factory.createParser(bytes, payloadFrom, payloadTo - payloadFrom);
  }

  /** The schema's own bytes. */
  byte[] schema() {
    return Arrays.copyOfRange(bytes, schemaFrom, schemaTo);
  }

  /**
   * Splits a message whose schema is probably this one: a comparison of bytes then saves the
   * parsing of the schema, which is four fifths of such a message.
   *
   * @return null if it begins with another schema
   */
  static Message expecting(byte[] schema, byte[] bytes) {
    int from = SCHEMA_FIRST.length;
    int to = from + schema.length;
    int payload = to + THEN_PAYLOAD.length;
    int last = bytes.length - 1;
    boolean same =
        payload < last
            && bytes[last] == '}'
            && Arrays.equals(bytes, from, to, schema, 0, schema.length)
            && startsWith(bytes, 0, SCHEMA_FIRST)
            && startsWith(bytes, to, THEN_PAYLOAD);
    return same ? new Message(bytes, from, to, payload, last) : null;
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
    return bytes.length >= from + prefix.length
        && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
  }

  /** Splits any message. */
  static Message of(JsonFactory factory, byte[] bytes) throws IOException, Refused {
    if (!isEnclosed(bytes)) {
      return new Message(bytes, 0, 0, 0, bytes.length);
    }
    int[] schema = {0, 0};
    int[] payload = {0, 0};
    try (JsonParser parser = factory.createParser(bytes)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        JsonToken token = parser.nextToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int to = (int) parser.currentLocation().getByteOffset();
        if (name.equals("payload")) {
          payload = new int[] {from, to};
        } else if (name.equals("schema") && token == JsonToken.START_OBJECT) {
          schema = new int[] {from, to};
        }
      }
      if (parser.nextToken() != null) {
        throw new Refused(DecodeErrors.noEvent("something follows it"));
      }
    }
    return new Message(bytes, schema[0], schema[1], payload[0], payload[1]);
  }

  /** Whether the first field is the schema's or the payload's: no envelope has such. */
  private static boolean isEnclosed(byte[] bytes) {
    int at = skipSpace(bytes, 0);
    if (at == bytes.length || bytes[at] != '{') {
      return false;
    }
    at = skipSpace(bytes, at + 1);
    return startsWith(bytes, at, "\"schema\"".getBytes(StandardCharsets.UTF_8))
        || startsWith(bytes, at, "\"payload\"".getBytes(StandardCharsets.UTF_8));
  }

  private static int skipSpace(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] <= ' ') {
      at++;
    }
    return at;
  }
}
