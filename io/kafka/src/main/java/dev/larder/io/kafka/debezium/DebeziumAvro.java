package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.larder.io.changes.LogPlace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes Debezium's events in Avro, in Confluent's wire format: a byte 0, four bytes with the
 * number of the schema in a registry, then Avro's binary form. Once the bytes are read, all is as
 * with {@link DebeziumJson}: the same envelope, the same readers, the same reasons for refusal.
 *
 * <p><b>Cost</b>: the registry is asked once for each number; an envelope is read twice when its
 * table is another than that of the last one with its schema. An instance is for one thread.
 *
 * <p>Source: "Wire format" in the documentation of Confluent's Schema Registry.
 */
final class DebeziumAvro {
  private static final byte MAGIC = 0;
  private static final int HEADER = 5;

  private final WriterSchemas registry;
  private final Layouts layouts;
  private final Map<Integer, AvroSchema> schemas = new HashMap<>();

  /** What the last event with a schema was. */
  private final Map<Integer, Last> lasts = new HashMap<>();

  private record Last(RowLayout layout, int keySchema) {}

  /**
   * @param registry null if there is none
   */
  DebeziumAvro(WriterSchemas registry, Layouts layouts) {
    this.registry = registry;
    this.layouts = layouts;
  }

  /** Whether bytes have the form that is read here. JSON never begins so. */
  static boolean isAvro(byte[] bytes) {
    return bytes != null && bytes.length > 0 && bytes[0] == MAGIC;
  }

  /**
   * @param value not empty
   */
  Decoded decode(LogPlace place, byte[] key, byte[] value) {
    try {
      return step(place, key, value);
    } catch (Refused e) {
      return e.failure();
    } catch (IOException e) {
      // Not of the bytes, which are in memory: a token was asked for its value in a wrong way.
      return DecodeErrors.brokenAvro("a value is not of its kind", 0);
    }
  }

  private Decoded step(LogPlace place, byte[] key, byte[] value) throws IOException, Refused {
    int id = number(value);
    AvroSchema schema = schema(id);
    TokenBuffer tokens = AvroTokens.read(schema.avro(), value, HEADER);
    int keySchema = isAvro(key) && key.length >= HEADER ? number(key) : -1;
    Last last = lasts.get(id);
    if (last != null && last.keySchema() == keySchema) {
      Envelope event = read(tokens, last.layout());
      if (event != null && event.operation != null && last.layout().isOf(event)) {
        return new Decoded.Change(EventRecord.of(event, last.layout().table(), place));
      }
    }
    Envelope head = read(tokens, null);
    if (head == null) {
      return Decoded.Ignored.TOMBSTONE;
    }
    if (head.operation == null) {
      return DebeziumJson.withoutOperation(head);
    }
    if (head.table == null) {
      throw new Refused(DecodeErrors.noEvent("it has no source.table"));
    }
    if (layouts.isLeftOut(head)) {
      return Decoded.Ignored.OTHER_TABLE;
    }
    RowLayout layout =
        layouts.of(
            head,
            schema.row(),
            () -> keySchema < 0 ? layouts.keyColumns(key) : schema(keySchema).names());
    Envelope event = read(tokens, layout);
    lasts.put(id, new Last(layout, keySchema));
    return new Decoded.Change(EventRecord.of(event, layout.table(), place));
  }

  private static Envelope read(TokenBuffer tokens, RowLayout layout) throws IOException, Refused {
    return DebeziumJson.envelope(tokens.asParser(), layout);
  }

  private static int number(byte[] bytes) throws Refused {
    if (bytes.length < HEADER) {
      throw new Refused(DecodeErrors.brokenAvro("it ends too early", bytes.length));
    }
    return ByteBuffer.wrap(bytes, 1, HEADER - 1).getInt();
  }

  private AvroSchema schema(int id) throws Refused {
    AvroSchema schema = schemas.get(id);
    if (schema == null) {
      if (registry == null) {
        throw new Refused(DecodeErrors.noRegistry(id));
      }
      List<String> texts = registry.schema(id);
      if (texts.isEmpty()) {
        throw new Refused(DecodeErrors.unknownSchema(id));
      }
      schema = AvroSchema.parse(texts);
      schemas.put(id, schema);
    }
    return schema;
  }
}
