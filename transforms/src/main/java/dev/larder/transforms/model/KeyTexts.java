package dev.larder.transforms.model;

/** The functions of key expressions on texts that are there. Characters are code points. */
final class KeyTexts {

  private KeyTexts() {}

  /** What fills a text up to a length; empty if it is long enough. */
  static String fill(String text, int length, String pad) {
    int missing = length - text.codePointCount(0, text.length());
    if (missing <= 0) {
      return "";
    }
    String pads = pad.repeat(missing / pad.codePointCount(0, pad.length()) + 1);
    return pads.substring(0, pads.offsetByCodePoints(0, missing));
  }

  /**
   * @param from from 1
   * @param length may be more than there is
   */
  static String substring(String text, int from, int length) {
    int count = text.codePointCount(0, text.length());
    int begin = Math.min(from - 1, count);
    int end = (int) Math.min((long) begin + length, count);
    int at = text.offsetByCodePoints(0, begin);
    return text.substring(at, text.offsetByCodePoints(at, end - begin));
  }

  /** A whole number in its shortest form, or null if the text is none. */
  static String integer(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == ' ') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == ' ') {
      to--;
    }
    boolean negative = from < to && text.charAt(from) == '-';
    if (from < to && (negative || text.charAt(from) == '+')) {
      from++;
    }
    int point = text.indexOf('.', from);
    if (point >= 0 && point < to) {
      if (point == from || !isAll(text, point + 1, to, '0', '0')) {
        return null;
      }
      to = point;
    }
    if (from == to || !isAll(text, from, to, '0', '9')) {
      return null;
    }
    while (from < to - 1 && text.charAt(from) == '0') {
      from++;
    }
    String digits = text.substring(from, to);
    return negative && !digits.equals("0") ? "-" + digits : digits;
  }

  private static boolean isAll(String text, int from, int to, char least, char most) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < least || text.charAt(i) > most) {
        return false;
      }
    }
    return true;
  }
}
