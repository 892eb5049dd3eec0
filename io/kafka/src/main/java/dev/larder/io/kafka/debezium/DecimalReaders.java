package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.larder.io.changes.ColumnType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Reads decimals: as numbers with exactly the declared scale, or, beyond 38 digits, as text. */
final class DecimalReaders {
  private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);
  private static final int MAX_TEXT = 400;
  private static final int MAX_SCALE = 400;

  private DecimalReaders() {}

  static ValueReader of(Encoding encoding, ColumnType type) {
    return switch (encoding.form()) {
      case UNSIGNED_LONG -> DecimalReaders::unsigned;
      case INTEGER ->
          isUnsignedBigint(type) ? DecimalReaders::unsigned : parser -> exact(whole(parser), type);
      case UNSCALED -> parser -> exact(unscaled(parser, encoding.size()), type);
      case PLAIN, TEXT ->
          parser ->
              parser.currentToken() == JsonToken.VALUE_NUMBER_INT && isUnsignedBigint(type)
                  ? unsigned(parser)
                  : exact(plain(parser), type);
      case NUMBER -> parser -> rounded(parser, type);
      case VARIABLE_DECIMAL -> parser -> exact(variable(parser), type);
      default -> null;
    };
  }

  /** Decimals that no decimal type of the lake can hold. */
  static ValueReader text(Encoding encoding) {
    return switch (encoding.form()) {
      case UNSCALED -> parser -> unscaled(parser, encoding.size()).toPlainString();
      case PLAIN -> parser -> scaled(plain(parser), encoding.size()).toPlainString();
      default -> parser -> variable(parser).toPlainString();
    };
  }

  private static boolean isUnsignedBigint(ColumnType type) {
    return type.precision() == 20 && type.scale() == 0;
  }

  /** Turns the two's complement of BIGINT UNSIGNED back. */
  private static Object unsigned(JsonParser parser) throws IOException, Unfit {
    long value = ValueReaders.whole(parser);
    BigInteger number = BigInteger.valueOf(value);
    return new BigDecimal(value < 0 ? number.add(TWO_TO_64) : number);
  }

  private static BigDecimal whole(JsonParser parser) throws IOException, Unfit {
    return BigDecimal.valueOf(ValueReaders.whole(parser));
  }

  private static BigDecimal unscaled(JsonParser parser, int scale) throws IOException, Unfit {
    byte[] bytes = ValueReaders.base64(parser, Base64Variants.MIME_NO_LINEFEEDS);
    if (bytes.length == 0 || bytes.length > MAX_TEXT) {
      throw new Unfit("the unscaled value of a decimal");
    }
    return new BigDecimal(new BigInteger(bytes), scale);
  }

  private static BigDecimal plain(JsonParser parser) throws IOException, Unfit {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new Unfit("a decimal as text");
    }
    return parse(parser);
  }

  private static BigDecimal parse(JsonParser parser) throws IOException, Unfit {
    try {
      if (parser.getTextLength() <= MAX_TEXT) {
        BigDecimal value =
            new BigDecimal(
                parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength());
        if (Math.abs((long) value.scale()) <= MAX_SCALE) {
          return value;
        }
      }
    } catch (NumberFormatException e) {
      throw new Unfit("a decimal");
    }
    throw new Unfit("a decimal");
  }

  private static Object rounded(JsonParser parser, ColumnType type) throws IOException, Unfit {
    if (!parser.currentToken().isNumeric()) {
      throw new Unfit("a number");
    }
    return fitting(parse(parser).setScale(type.scale(), RoundingMode.HALF_EVEN), type);
  }

  private static BigDecimal variable(JsonParser parser) throws IOException, Unfit {
    int scale = 0;
    byte[] value = null;
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new Unfit("a decimal with its scale");
    }
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      if (name.equals("scale")) {
        scale = (int) Math.max(-MAX_SCALE, Math.min(MAX_SCALE, ValueReaders.whole(parser)));
      } else if (name.equals("value")) {
        value = ValueReaders.base64(parser, Base64Variants.MIME_NO_LINEFEEDS);
      } else {
        parser.skipChildren();
      }
    }
    if (value == null || value.length == 0 || value.length > MAX_TEXT) {
      throw new Unfit("a decimal with its scale");
    }
    return new BigDecimal(new BigInteger(value), scale);
  }

  private static Object exact(BigDecimal value, ColumnType type) throws Unfit {
    return fitting(scaled(value, type.scale()), type);
  }

  private static BigDecimal scaled(BigDecimal value, int scale) throws Unfit {
    if (value.scale() == scale) {
      return value;
    }
    try {
      return value.setScale(scale, RoundingMode.UNNECESSARY);
    } catch (ArithmeticException e) {
      throw new Unfit("a decimal with at most " + scale + " digits after the point");
    }
  }

  private static BigDecimal fitting(BigDecimal value, ColumnType type) throws Unfit {
    if (value.precision() > type.precision()) {
      throw new Unfit("a " + type);
    }
    return value;
  }
}
