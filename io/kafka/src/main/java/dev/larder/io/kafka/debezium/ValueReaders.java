package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.Base64Variant;
import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.JsonText;
import dev.larder.io.kafka.debezium.Encoding.Form;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;

/** The reader for each pair of encoding and column type. */
final class ValueReaders {
  private ValueReaders() {}

  static ValueReader of(Encoding encoding, ColumnType type) {
    ValueReader reader =
        switch (type.kind()) {
          case BOOLEAN -> encoding.form() == Form.BOOLEAN ? ValueReaders::bool : null;
          case INT -> encoding.form() == Form.INTEGER ? ValueReaders::integer : null;
          case FLOAT -> isNumber(encoding) ? ValueReaders::single : null;
          case DOUBLE -> isNumber(encoding) ? ValueReaders::twofold : null;
          case DECIMAL -> DecimalReaders.of(encoding, type);
          case STRING -> string(encoding);
          case JSON -> json(encoding);
          case BINARY -> binary(encoding);
          case DATE -> TimeReaders.date(encoding);
          case TIME -> TimeReaders.time(encoding);
          case DATETIME -> TimeReaders.dateTime(encoding);
          case TIMESTAMP -> encoding.form() == Form.ISO ? TimeReaders::instant : null;
          case STRUCT, ARRAY, MAP -> null;
        };
    return reader != null ? reader : refusing(encoding, type);
  }

  private static boolean isNumber(Encoding encoding) {
    return encoding.form() == Form.NUMBER || encoding.form() == Form.INTEGER;
  }

  private static ValueReader refusing(Encoding encoding, ColumnType type) {
    String expected =
        switch (encoding.form()) {
          case UNKNOWN_UNIT ->
              "a time whose unit is known: connect it with time.precision.mode=microseconds, or"
                  + " give the catalogue the column's declared type";
          case DECIMAL_OR_BASE64 ->
              "a number whose form is known: connect it with bigint.unsigned.handling.mode=long, or"
                  + " give the catalogue the column's declared type";
          default -> "a " + type + ", which cannot be read from " + encoding.form();
        };
    return parser -> {
      throw new Unfit(expected);
    };
  }

  private static Object bool(JsonParser parser) throws Unfit {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      default -> throw new Unfit("true or false");
    };
  }

  private static Object integer(JsonParser parser) throws IOException, Unfit {
    return whole(parser);
  }

  static long whole(JsonParser parser) throws IOException, Unfit {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
        || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
      throw new Unfit("an integer of 64 bits");
    }
    return parser.getLongValue();
  }

  /** Not by way of a double: that would round twice. */
  private static Object single(JsonParser parser) throws IOException, Unfit {
    number(parser);
    float value = Float.parseFloat(parser.getText());
    if (Float.isInfinite(value)) {
      throw new Unfit("a number of single precision");
    }
    return value;
  }

  private static Object twofold(JsonParser parser) throws IOException, Unfit {
    number(parser);
    double value = parser.getDoubleValue();
    if (Double.isInfinite(value)) {
      throw new Unfit("a number of double precision");
    }
    return value;
  }

  private static void number(JsonParser parser) throws Unfit {
    if (!parser.currentToken().isNumeric()) {
      throw new Unfit("a number");
    }
  }

  private static ValueReader string(Encoding encoding) {
    return switch (encoding.form()) {
      case TEXT, JSON, ISO -> ValueReaders::text;
      case PLAIN, UNSCALED, VARIABLE_DECIMAL -> DecimalReaders.text(encoding);
      default -> null;
    };
  }

  private static Object text(JsonParser parser) throws IOException, Unfit {
    return string(parser);
  }

  /** A text without half characters, which no UTF-8 could store. */
  static String string(JsonParser parser) throws IOException, Unfit {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new Unfit("text");
    }
    String text = parser.getText();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new Unfit("text of whole characters");
        }
        i++;
      }
    }
    return text;
  }

  private static ValueReader json(Encoding encoding) {
    if (encoding.form() != Form.JSON && encoding.form() != Form.TEXT) {
      return null;
    }
    return parser -> {
      try {
        return JsonText.canonical(string(parser));
      } catch (IllegalArgumentException e) {
        throw new Unfit("a JSON text");
      }
    };
  }

  private static ValueReader binary(Encoding encoding) {
    return switch (encoding.form()) {
      case BASE64 ->
          parser ->
              parser.currentToken() == JsonToken.START_OBJECT
                  ? wellKnownBinary(parser)
                  : base64(parser, Base64Variants.MIME_NO_LINEFEEDS);
      case BASE64_URL ->
          parser ->
              parser.currentToken() == JsonToken.START_OBJECT
                  ? wellKnownBinary(parser)
                  : base64Url(parser);
      case HEX ->
          parser ->
              parser.currentToken() == JsonToken.START_OBJECT
                  ? wellKnownBinary(parser)
                  : hex(parser);
      case GEOMETRY -> ValueReaders::wellKnownBinary;
      case BITS -> parser -> bits(parser, encoding.size());
      default -> null;
    };
  }

  /** Bytes: in Base64 as JSON has them, or as they are, which only Avro can. */
  static byte[] base64(JsonParser parser, Base64Variant variant) throws IOException, Unfit {
    if (parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
      return (byte[]) parser.getEmbeddedObject();
    }
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new Unfit("binary data in Base64");
    }
    try {
      return variant.decode(parser.getText());
    } catch (IllegalArgumentException e) {
      throw new Unfit("binary data in Base64");
    }
  }

  /** With padding or without; Jackson's variant takes none of it. */
  private static Object base64Url(JsonParser parser) throws IOException, Unfit {
    if (parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
      return parser.getEmbeddedObject();
    }
    try {
      return Base64.getUrlDecoder().decode(string(parser));
    } catch (IllegalArgumentException e) {
      throw new Unfit("binary data in Base64 for URLs");
    }
  }

  private static Object hex(JsonParser parser) throws IOException, Unfit {
    try {
      return HexFormat.of().parseHex(string(parser));
    } catch (IllegalArgumentException e) {
      throw new Unfit("binary data in hexadecimal digits");
    }
  }

  /** Debezium writes the lowest byte first and keeps zeros; canonical is the highest first. */
  private static Object bits(JsonParser parser, int length) throws IOException, Unfit {
    byte[] little = base64(parser, Base64Variants.MIME_NO_LINEFEEDS);
    byte[] value = new byte[(length + 7) / 8];
    for (int i = 0; i < little.length; i++) {
      if (i < value.length) {
        value[value.length - 1 - i] = little[i];
      } else if (little[i] != 0) {
        throw new Unfit("a bit field of " + length + " bits");
      }
    }
    return value;
  }

  private static Object wellKnownBinary(JsonParser parser) throws IOException, Unfit {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new Unfit("a geometry");
    }
    byte[] wkb = null;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals("wkb")) {
        wkb = base64(parser, Base64Variants.MIME_NO_LINEFEEDS);
      } else {
        parser.skipChildren();
      }
    }
    if (wkb == null) {
      throw new Unfit("a geometry");
    }
    return wkb;
  }
}
