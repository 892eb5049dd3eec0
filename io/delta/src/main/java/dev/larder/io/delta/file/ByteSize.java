package dev.larder.io.delta.file;

import dev.larder.io.delta.error.DeltaErrors;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes as Spark writes it in properties: {@code 134217728}, {@code 128mb}. */
public final class ByteSize {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,12})\\s*([kmgt]?)(?:i?b)?");
  private static final String UNITS = "kmgt";
  private static final int UNIT_BITS = 10;

  private ByteSize() {}

  /**
   * @param path of the table, for the message
   */
  public static long parse(String path, String property, String text) {
    Matcher matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw DeltaErrors.notASize(path, property, text);
    }
    int unit = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
    return Long.parseLong(matcher.group(1)) << UNIT_BITS * unit;
  }
}
