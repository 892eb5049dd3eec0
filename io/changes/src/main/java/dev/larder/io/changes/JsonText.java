package dev.larder.io.changes;

/**
 * The canonical text of a JSON value ({@link Kind#JSON}): no white space outside of strings; the
 * order of keys, the spelling of numbers and the escapes in strings stay as the source wrote them.
 *
 * <p>MySQL prints <code>{"a": [1, 2.5]}</code> where the log has <code>{"a":[1,2.5]}</code>: every
 * connector brings its texts to this form.
 */
public final class JsonText {

  private JsonText() {}

  /** Takes out the white space between the tokens of a JSON text, which is not validated. */
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
      }
      if (out != null) {
        out.append(c);
      }
    }
    return out == null ? json : out.toString();
  }
}
