package dev.larder.pipelines.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The page as HTML: the template {@code report.html} with the data in it.
 *
 * <p><b>Guarantees</b>: text of the data stays text. The JSON holds no character that could end the
 * script element or a line of it, and the page's script puts texts into text nodes and attributes
 * only, never into markup.
 */
final class ReportPage {
  private static final String TEMPLATE = "report.html";
  private static final String PLACE = "/*DATA*/null";
  private static final ObjectMapper JSON =
      new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private ReportPage() {}

  static String of(ReportData data) {
    String template = template();
    int place = template.indexOf(PLACE);
    if (place < 0 || template.indexOf(PLACE, place + 1) >= 0) {
      throw new IllegalStateException(TEMPLATE + " must hold " + PLACE + " once");
    }
    return template.substring(0, place) + json(data) + template.substring(place + PLACE.length());
  }

  /** JSON that is also JavaScript and stands safely within an HTML script element. */
  static String json(ReportData data) {
    try {
      return escaped(JSON.writeValueAsString(data));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("writing to memory", e);
    }
  }

  /** These characters stand in JSON only within strings, where an escape means the same. */
  private static String escaped(String json) {
    StringBuilder text = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      switch (c) {
        case '<', '>', '&', '\'', '\u2028', '\u2029' ->
            text.append(String.format("\\u%04x", (int) c));
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  private static String template() {
    try (InputStream in = ReportPage.class.getResourceAsStream(TEMPLATE)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + TEMPLATE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
