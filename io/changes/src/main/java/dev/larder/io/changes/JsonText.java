package dev.larder.io.changes;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The canonical text of a JSON value ({@link Kind#JSON}): no white space outside of strings and one
 * spelling for each number; the order of keys and the escapes in strings stay as the source wrote
 * them.
 *
 * <p>MySQL prints <code>{"a": [1, 2.5, 1e20]}</code> where the log has <code>
 * {"a":[1,2.5,100000000000000000000]}</code>, and for the double 0.1 the log has all 55 digits of
 * its binary value: every connector brings its texts to this form.
 *
 * <p><b>Numbers</b> that are equal have the same text (1.0, 1.00, 1e0 and 1), and so have the
 * shortest and the full decimals of a double. It is plain up to 40 characters, beyond with an
 * exponent. Integers of 64 bits, and decimals with more digits than a double, keep them all.
 */
public final class JsonText {
  private static final int DOUBLE_DIGITS = 17;
  private static final int SAFE_DIGITS = 15;
  private static final int PLAIN_LENGTH = 40;
  private static final BigDecimal TWO_TO_64 = new BigDecimal(BigInteger.ONE.shiftLeft(64));

  /** Of a BIGINT UNSIGNED, or of a BIGINT with its sign. */
  private static final int INTEGER_LENGTH = 20;

  /** Integers with so few digits, and plain fractions with so few characters, are canonical. */
  private static final int SHORT = 16;

  /** A number of more characters is no double's, whose full decimals have at most 1,077. */
  private static final int MAX_NUMBER = 1_100;

  private JsonText() {}

  /**
   * Takes out the white space between the tokens of a JSON text, which is not validated, and spells
   * its numbers.
   */
  public static String canonical(String json) {
    int length = json.length();
    StringBuilder out = null;
    boolean inString = false;
    for (int i = 0; i < length; i++) {
      char c = json.charAt(i);
      if (inString && c == '\\' && i + 1 < length) {
        if (out != null) {
          out.append(c);
        }
        c = json.charAt(++i);
      } else if (c == '"') {
        inString = !inString;
      } else if (!inString && (c == ' ' || c == '\n' || c == '\r' || c == '\t')) {
        if (out == null) {
          out = new StringBuilder(length).append(json, 0, i);
        }
        continue;
      } else if (!inString && (c >= '0' && c <= '9' || c == '-')) {
        int end = endOfNumber(json, i);
        String number = isShort(json, i, end) ? null : number(json.substring(i, end));
        if (number != null && out == null) {
          out = new StringBuilder(length).append(json, 0, i);
        }
        if (out != null) {
          out.append(number != null ? number : json.substring(i, end));
        }
        i = end - 1;
        continue;
      }
      if (out != null) {
        out.append(c);
      }
    }
    return out == null ? json : out.toString();
  }

  private static int endOfNumber(String json, int from) {
    int at = from + 1;
    while (at < json.length() && isOfNumber(json.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isOfNumber(char c) {
    return c >= '0' && c <= '9' || c == '.' || c == 'e' || c == 'E' || c == '-' || c == '+';
  }

  /** Whether it is the canonical text already, by a glance. */
  private static boolean isShort(String json, int from, int end) {
    if (end - from > SHORT) {
      return false;
    }
    boolean isFraction = false;
    for (int i = from; i < end; i++) {
      char c = json.charAt(i);
      if (c == 'e' || c == 'E' || c == '+') {
        return false;
      }
      isFraction |= c == '.';
    }
    return !(isFraction && json.charAt(end - 1) == '0');
  }

  /** The one spelling of a number; what is no number stays as it is. */
  private static String number(String text) {
    if (text.length() > MAX_NUMBER) {
      return text;
    }
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return text;
    }
    if (value.signum() == 0) {
      return "0";
    }
    if (Math.abs((long) value.scale()) > MAX_NUMBER) {
      return text;
    }
    return isInteger(text) && text.length() <= INTEGER_LENGTH
        ? text
        : spelled(ofDouble(value.stripTrailingZeros()));
  }

  private static boolean isInteger(String text) {
    return text.indexOf('.') < 0 && text.indexOf('e') < 0 && text.indexOf('E') < 0;
  }

  /**
   * What stands for a double, be it written in the fewest digits or in all of them: integers that a
   * column could hold in full, others in the fewest; every other number itself.
   */
  private static BigDecimal ofDouble(BigDecimal number) {
    double nearest = number.doubleValue();
    if (Double.isInfinite(nearest) || nearest == 0) {
      return number;
    }
    BigDecimal exact = new BigDecimal(nearest).stripTrailingZeros();
    BigDecimal shortest = shortest(exact, nearest);
    if (number.compareTo(exact) != 0 && number.compareTo(shortest) != 0) {
      return number;
    }
    return exact.scale() <= 0 && exact.abs().compareTo(TWO_TO_64) < 0 ? exact : shortest;
  }

  /** The fewest digits that are read back as this double, the nearest to it of these. */
  private static BigDecimal shortest(BigDecimal exact, double value) {
    int fewest = Math.abs(value) < Double.MIN_NORMAL ? 1 : SAFE_DIGITS;
    for (int digits = fewest; digits < DOUBLE_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(DOUBLE_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static String spelled(BigDecimal value) {
    long plainLength =
        value.scale() <= 0
            ? (long) value.precision() - value.scale()
            : Math.max(value.precision(), value.scale()) + 2L;
    if (plainLength <= PLAIN_LENGTH) {
      return value.toPlainString();
    }
    String digits = value.unscaledValue().abs().toString();
    long exponent = (long) digits.length() - 1 - value.scale();
    return (value.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e"
        + exponent;
  }
}
