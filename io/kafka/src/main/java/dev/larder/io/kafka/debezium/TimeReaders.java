package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.larder.io.kafka.debezium.Encoding.Form;
import java.io.IOException;

/** Reads dates and times; null stands for an encoding that the type cannot be read from. */
final class TimeReaders {
  private static final long MICROS_PER_MILLI = 1000;
  private static final long NANOS_PER_MICRO = 1000;

  private TimeReaders() {}

  /** Days since 1970-01-01. */
  static ValueReader date(Encoding encoding) {
    return switch (encoding.form()) {
      case DAYS ->
          parser -> {
            long days = ValueReaders.whole(parser);
            if (days != (int) days) {
              throw new Unfit("days since 1970-01-01");
            }
            return (int) days;
          };
      case ISO -> parser -> iso(parser, "a date", IsoTimes::date);
      default -> null;
    };
  }

  /** Microseconds, may be negative or above a day. */
  static ValueReader time(Encoding encoding) {
    return encoding.form() == Form.ISO
        ? parser -> iso(parser, "a time of day", IsoTimes::time)
        : micros(encoding);
  }

  /** Microseconds since the epoch of a clock without zone. */
  static ValueReader dateTime(Encoding encoding) {
    return encoding.form() == Form.ISO ? TimeReaders::instant : micros(encoding);
  }

  private static ValueReader micros(Encoding encoding) {
    return switch (encoding.form()) {
      case MILLIS ->
          parser -> {
            try {
              return Math.multiplyExact(ValueReaders.whole(parser), MICROS_PER_MILLI);
            } catch (ArithmeticException e) {
              throw new Unfit("a time in milliseconds");
            }
          };
      case MICROS -> ValueReaders::whole;
      case NANOS -> parser -> Math.floorDiv(ValueReaders.whole(parser), NANOS_PER_MICRO);
      default -> null;
    };
  }

  static Object instant(JsonParser parser) throws IOException, Unfit {
    return iso(parser, "a point in time in ISO 8601", IsoTimes::instant);
  }

  private interface Iso {
    Object read(IsoTimes times);
  }

  private static Object iso(JsonParser parser, String expected, Iso part)
      throws IOException, Unfit {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new Unfit(expected);
    }
    try {
      return part.read(
          new IsoTimes(parser.getTextCharacters(), parser.getTextOffset(), parser.getTextLength()));
    } catch (IllegalArgumentException e) {
      throw new Unfit(expected);
    }
  }
}
