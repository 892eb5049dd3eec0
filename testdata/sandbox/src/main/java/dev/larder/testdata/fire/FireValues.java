package dev.larder.testdata.fire;

import java.util.Locale;
import java.util.Random;

/** Random SQL literals. */
final class FireValues {
  private static final String[] WORDS = {
    "",
    "a",
    "A",
    " padded ",
    "o'clock",
    "back\\slash",
    "tab\there",
    "line\nbreak",
    "Ünïcödé",
    "🍕",
    "null",
    "NULL",
    "0",
    "-1.50",
    "||",
    "\u0001",
    "trailing  ",
    "très long ".repeat(9)
  };
  private static final String[] STATES = {"'new'", "'open'", "'done'"};

  private FireValues() {}

  static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
  }

  static String text(Random random) {
    return random.nextInt(8) == 0
        ? "NULL"
        : quoted(WORDS[random.nextInt(WORDS.length)] + random.nextInt(5));
  }

  static String decimal(Random random) {
    return random.nextInt(10) == 0
        ? "NULL"
        : String.format(Locale.ROOT, "%d.%02d", random.nextInt(2_000) - 1_000, random.nextInt(100));
  }

  static String real(Random random) {
    return random.nextInt(10) == 0 ? "NULL" : Double.toString(random.nextInt(1 << 20) / 1024.0);
  }

  static String moment(Random random) {
    return random.nextInt(10) == 0
        ? "NULL"
        : String.format(
            Locale.ROOT,
            "'20%02d-%02d-%02d %02d:%02d:%02d.%06d'",
            10 + random.nextInt(20),
            1 + random.nextInt(12),
            1 + random.nextInt(28),
            random.nextInt(24),
            random.nextInt(60),
            random.nextInt(60),
            random.nextInt(1_000_000));
  }

  static String state(Random random) {
    return STATES[random.nextInt(STATES.length)];
  }

  static String owner(Random random) {
    return random.nextInt(12) == 0 ? "NULL" : Integer.toString(random.nextInt(FireDatabase.OWNERS));
  }

  /** The columns of an item behind id and code. */
  static String item(Random random) {
    return String.join(
        ", ",
        owner(random),
        text(random),
        decimal(random),
        Integer.toString(random.nextInt(1_000)),
        real(random),
        "DATE(" + moment(random) + ")",
        moment(random),
        random.nextBoolean() ? "NOW(3)" : "NULL",
        state(random),
        "UNHEX('" + String.format(Locale.ROOT, "%04x", random.nextInt(1 << 16)) + "')",
        text(random));
  }
}
