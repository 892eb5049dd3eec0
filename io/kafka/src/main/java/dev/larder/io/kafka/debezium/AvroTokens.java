package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/**
 * Reads Avro's binary form into the tokens that the JSON form would give, so that one set of
 * readers serves both: a union is what it holds, bytes are embedded as they are.
 *
 * <p>Not Avro's own decoder: that allocates what a broken length asks for before it looks whether
 * so many bytes are there, and turns bytes that are no UTF-8 into others. Here both are refused,
 * and so are numbers that are not finite.
 *
 * <p>Source: Avro 1.11 specification, Binary Encoding.
 */
final class AvroTokens {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_VARINT_SHIFT = 63;
  private static final int FLOAT_BYTES = 4;
  private static final int DOUBLE_BYTES = 8;

  private final byte[] bytes;
  private final CharsetDecoder utf8 =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private int at;

  private AvroTokens(byte[] bytes, int from) {
    this.bytes = bytes;
    this.at = from;
  }

  /**
   * @param from where the value begins; it must end with the bytes
   */
  static TokenBuffer read(Schema schema, byte[] bytes, int from) throws IOException, Refused {
    AvroTokens tokens = new AvroTokens(bytes, from);
    TokenBuffer out = new TokenBuffer(null, false);
    tokens.value(schema, out, 0);
    if (tokens.at != bytes.length) {
      throw tokens.broken("something follows it");
    }
    return out;
  }

  private void value(Schema schema, TokenBuffer out, int depth) throws IOException, Refused {
    if (depth > MAX_DEPTH) {
      throw broken("it is nested more than " + MAX_DEPTH + " deep");
    }
    switch (schema.getType()) {
      case RECORD -> {
        out.writeStartObject();
        for (Schema.Field field : schema.getFields()) {
          out.writeFieldName(field.name());
          value(field.schema(), out, depth + 1);
        }
        out.writeEndObject();
      }
      case UNION -> value(schema.getTypes().get(index(schema.getTypes().size())), out, depth + 1);
      case NULL -> out.writeNull();
      case BOOLEAN -> out.writeBoolean(truth());
      case INT -> out.writeNumber(integer());
      case LONG -> out.writeNumber(number());
      case FLOAT -> out.writeNumber(single());
      case DOUBLE -> out.writeNumber(twofold());
      case STRING -> out.writeString(text());
      case ENUM ->
          out.writeString(schema.getEnumSymbols().get(index(schema.getEnumSymbols().size())));
      case BYTES -> out.writeObject(take(length()));
      case FIXED -> out.writeObject(take(schema.getFixedSize()));
      case ARRAY -> {
        out.writeStartArray();
        blocks(() -> value(schema.getElementType(), out, depth + 1));
        out.writeEndArray();
      }
      case MAP -> {
        out.writeStartObject();
        blocks(
            () -> {
              out.writeFieldName(text());
              value(schema.getValueType(), out, depth + 1);
            });
        out.writeEndObject();
      }
    }
  }

  private interface Item {
    void read() throws IOException, Refused;
  }

  private void blocks(Item item) throws IOException, Refused {
    for (long count = number(); count != 0; count = number()) {
      if (count < 0) {
        number(); // the block's size in bytes
        count = -count;
      }
      if (count < 0 || count > bytes.length - at) {
        throw broken("a list is longer than the value");
      }
      for (long i = 0; i < count; i++) {
        item.read();
      }
    }
  }

  private int index(int size) throws Refused {
    long index = number();
    if (index < 0 || index >= size) {
      throw broken("it says number " + index + " of " + size + " kinds");
    }
    return (int) index;
  }

  private boolean truth() throws Refused {
    byte value = next();
    if (value != 0 && value != 1) {
      throw broken("a truth value is neither 0 nor 1");
    }
    return value == 1;
  }

  private int integer() throws Refused {
    long value = number();
    if (value != (int) value) {
      throw broken("an int has more than 32 bits");
    }
    return (int) value;
  }

  /** A long: zigzag, seven bits a byte, the lowest first. */
  private long number() throws Refused {
    long raw = 0;
    for (int shift = 0; shift <= MAX_VARINT_SHIFT; shift += 7) {
      byte b = next();
      raw |= (b & 0x7FL) << shift;
      if (b >= 0) {
        return raw >>> 1 ^ -(raw & 1);
      }
    }
    throw broken("a number has more than 64 bits");
  }

  private float single() throws Refused {
    float value = Float.intBitsToFloat((int) littleEndian(FLOAT_BYTES));
    if (!Float.isFinite(value)) {
      throw broken("a float is not finite");
    }
    return value;
  }

  private double twofold() throws Refused {
    double value = Double.longBitsToDouble(littleEndian(DOUBLE_BYTES));
    if (!Double.isFinite(value)) {
      throw broken("a double is not finite");
    }
    return value;
  }

  private long littleEndian(int count) throws Refused {
    require(count);
    long value = 0;
    for (int i = 0; i < count; i++) {
      value |= (bytes[at++] & 0xFFL) << (8 * i);
    }
    return value;
  }

  private String text() throws Refused {
    int length = length();
    try {
      String text = utf8.decode(ByteBuffer.wrap(bytes, at, length)).toString();
      at += length;
      return text;
    } catch (CharacterCodingException e) {
      throw broken("a text is no UTF-8");
    }
  }

  private int length() throws Refused {
    long length = number();
    if (length < 0 || length > bytes.length - at) {
      throw broken("a length is beyond its end");
    }
    return (int) length;
  }

  private byte[] take(int length) throws Refused {
    require(length);
    byte[] part = new byte[length];
    System.arraycopy(bytes, at, part, 0, length);
    at += length;
    return part;
  }

  private byte next() throws Refused {
    require(1);
    return bytes[at++];
  }

  private void require(int count) throws Refused {
    if (count > bytes.length - at) {
      throw broken("it ends too early");
    }
  }

  private Refused broken(String found) {
    return new Refused(DecodeErrors.brokenAvro(found, at));
  }
}
