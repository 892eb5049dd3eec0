package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.LogPlace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Decodes Debezium's events for MySQL and MariaDB as Kafka Connect's JsonConverter writes them,
 * with and without schemas. Tables are told apart by the envelope, never by the topic.
 *
 * <p><b>Output</b>: create, update, delete, truncate and snapshot reads become {@link
 * ChangeRecord}s in canonical values. A changed primary key arrives as delete, tombstone and create
 * and is passed on as that. Columns of the catalogue that an event lacks are null; a column that
 * the catalogue lacks is an {@link Decoded.UnknownColumn}.
 *
 * <p><b>Units and time</b>: {@code committedAt} is {@code source.ts_us} (else {@code source.ts_ms},
 * else the connector's own time), microseconds UTC. The sequence is {@code source.file}, {@code
 * pos} and {@code row}; snapshot reads of Debezium keep the position they were read at.
 *
 * <p><b>Cost</b>: one pass over the bytes while consecutive events of a topic are of one table and
 * schema; up to three otherwise. A schema is parsed once and then recognised by its bytes. An
 * instance is for one thread.
 *
 * <p><b>Errors</b>: every input gives a {@link Decoded}; none gives an exception.
 */
public final class DebeziumJson {
  private static final int MAX_SCHEMAS = 10_000;
  private static final int MAX_MISSES = 8;
  private static final int RETRY_GUESS = 64;

  private final JsonFactory factory;
  private final Layouts layouts;
  private final Map<ByteBuffer, ConnectSchema> schemas = new HashMap<>();
  private final Map<String, Guess> guesses = new HashMap<>();

  /**
   * What the last event of a topic was.
   *
   * @param misses how often in a row another table came; topics of several tables stop guessing,
   *     and try again now and then
   */
  private record Guess(RowLayout layout, byte[] schemaBytes, byte[] key, int misses) {
    boolean isPoor() {
      return misses > MAX_MISSES && misses % RETRY_GUESS != 0;
    }
  }

  public DebeziumJson(DebeziumFormat format) {
    this.factory =
        JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .build();
    this.layouts = new Layouts(format, factory);
  }

  /**
   * Decodes one record.
   *
   * @param key as it came, or null
   * @param value as it came; null and empty are tombstones
   */
  public Decoded decode(LogPlace place, byte[] key, byte[] value) {
    if (value == null || value.length == 0) {
      return Decoded.Ignored.TOMBSTONE;
    }
    try {
      Guess guess = guesses.get(place.topic());
      Envelope event = guess == null || guess.isPoor() ? null : withGuess(guess, key, value);
      if (event != null) {
        return new Decoded.Change(EventRecord.of(event, guess.layout().table(), place));
      }
      return step(place, key, value);
    } catch (Refused e) {
      return e.failure();
    } catch (JsonProcessingException e) {
      return DecodeErrors.noJson(e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** Reads the event as one of the table that came last; null if it is not. */
  private Envelope withGuess(Guess guess, byte[] key, byte[] value) throws IOException {
    Message message =
        guess.schemaBytes() == null
            ? new Message(value, 0, 0, 0, value.length)
            : Message.expecting(guess.schemaBytes(), value);
    if (message == null || !sameKeySchema(guess.key(), key)) {
      return null;
    }
    try {
      Envelope event = read(message, guess.layout());
      return event != null && event.operation != null && guess.layout().isOf(event) ? event : null;
    } catch (Refused | JsonProcessingException e) {
      return null;
    }
  }

  /** Keys of one schema differ only behind it: compare what is certainly before the payload. */
  private static boolean sameKeySchema(byte[] expected, byte[] key) {
    if (expected == null) {
      return true;
    }
    return key != null
        && key.length >= expected.length
        && Arrays.equals(expected, 0, expected.length, key, 0, expected.length);
  }

  private Decoded step(LogPlace place, byte[] key, byte[] value) throws IOException, Refused {
    Message message = Message.of(factory, value);
    Envelope head = read(message, null);
    if (head == null) {
      return Decoded.Ignored.TOMBSTONE;
    }
    if (head.operation == null) {
      return withoutOperation(head);
    }
    if (head.table == null) {
      throw new Refused(DecodeErrors.noEvent("it has no source.table"));
    }
    if (layouts.isLeftOut(head)) {
      return Decoded.Ignored.OTHER_TABLE;
    }
    ConnectSchema schema = schema(message);
    RowLayout layout = layouts.of(head, schema, () -> layouts.keyColumns(key));
    Envelope event = read(message, layout);
    ChangeRecord record = EventRecord.of(event, layout.table(), place);
    learn(place.topic(), layout, schema == null ? null : message, key);
    return new Decoded.Change(record);
  }

  private void learn(String topic, RowLayout layout, Message enclosed, byte[] key)
      throws IOException, Refused {
    Guess last = guesses.get(topic);
    int misses = last == null || last.layout() == layout ? 0 : last.misses() + 1;
    guesses.put(
        topic,
        new Guess(
            layout,
            enclosed == null ? null : enclosed.schema(),
            enclosed == null ? null : keySchema(key),
            misses));
  }

  /** What a message without an operation is. */
  static Decoded withoutOperation(Envelope head) throws Refused {
    if (head.isSchemaChange) {
      return Decoded.Ignored.SCHEMA_CHANGE;
    }
    if (head.isTransaction) {
      return Decoded.Ignored.TRANSACTION;
    }
    if (head.isHeartbeat()) {
      return Decoded.Ignored.HEARTBEAT;
    }
    throw new Refused(DecodeErrors.noEvent("it has no field \"op\""));
  }

  private byte[] keySchema(byte[] key) throws IOException, Refused {
    if (key == null) {
      return null;
    }
    Message message = Message.of(factory, key);
    return message.hasSchema() && message.schemaFrom() < message.payloadFrom()
        ? Arrays.copyOf(key, message.payloadFrom())
        : new byte[0];
  }

  /** The schema of the message, or null if it brings none. */
  private ConnectSchema schema(Message message) throws Refused {
    if (!message.hasSchema()) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(message.schema());
    ConnectSchema schema = schemas.get(bytes);
    if (schema == null) {
      schema = ConnectSchema.parse(bytes.array());
      if (schemas.size() >= MAX_SCHEMAS) {
        schemas.clear();
      }
      schemas.put(bytes, schema);
    }
    return schema.fields().isEmpty() ? null : schema;
  }

  private Envelope read(Message message, RowLayout layout) throws IOException, Refused {
    return envelope(message.payload(factory), layout);
  }

  /** The envelope, or null if the payload is null; closes the parser. */
  static Envelope envelope(JsonParser payload, RowLayout layout) throws IOException, Refused {
    try (JsonParser parser = payload) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.VALUE_NULL && parser.nextToken() == null) {
        return null;
      }
      if (first != JsonToken.START_OBJECT) {
        throw new Refused(DecodeErrors.noEvent("it is no object"));
      }
      Envelope event = Envelope.read(parser, layout);
      if (parser.nextToken() != null) {
        throw new Refused(DecodeErrors.noEvent("something follows it"));
      }
      return event;
    }
  }

  Layouts layouts() {
    return layouts;
  }
}
