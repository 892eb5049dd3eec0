package dev.larder.transforms.model;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A format of dates in a {@link KeyExpression.Cast}: the elements {@code YYYY MM DD HH24 MI SS} of
 * SQL, each of a fixed number of digits, and anything that is no letter between them. Gregorian,
 * without locale.
 */
public record KeyDateFormat(String text, List<Part> parts) implements Serializable {

  /** The format of canonical text. */
  public static final KeyDateFormat ISO = of("YYYY-MM-DD");

  /** An element of the format, or the text between elements. */
  public record Part(Element element, String between) implements Serializable {}

  /** The elements with their places in canonical text: {@code 2024-02-29T13:14:15.000000}. */
  public enum Element {
    YYYY(0, 4),
    MM(5, 2),
    DD(8, 2),
    HH24(11, 2),
    MI(14, 2),
    SS(17, 2);

    private final int at;
    private final int digits;

    Element(int at, int digits) {
      this.at = at;
      this.digits = digits;
    }

    /** Where it begins in canonical text, from 0. */
    public int at() {
      return at;
    }

    public int digits() {
      return digits;
    }
  }

  public KeyDateFormat {
    parts = List.copyOf(parts);
  }

  /**
   * @throws IllegalArgumentException if it has letters that are no element, or an element twice
   */
  static KeyDateFormat of(String text) {
    List<Part> parts = new ArrayList<>();
    Set<Element> seen = new HashSet<>();
    String rest = text.toUpperCase(Locale.ROOT);
    int at = 0;
    while (at < rest.length()) {
      Element found = elementAt(rest, at);
      if (found == null && Character.isLetterOrDigit(rest.charAt(at))
          || found != null && !seen.add(found)) {
        throw new IllegalArgumentException(text);
      }
      parts.add(new Part(found, found == null ? text.substring(at, at + 1) : ""));
      at += found == null ? 1 : found.name().length();
    }
    return new KeyDateFormat(text, parts);
  }

  private static Element elementAt(String text, int at) {
    for (Element element : Element.values()) {
      if (text.startsWith(element.name(), at)) {
        return element;
      }
    }
    return null;
  }

  boolean hasDay() {
    List<Element> elements = parts.stream().map(Part::element).toList();
    return elements.containsAll(List.of(Element.YYYY, Element.MM, Element.DD));
  }

  /**
   * The ISO text of the day that a text in this format names; null if it is in another format or
   * names none.
   */
  String day(String text) {
    int[] values = {0, 1, 1, 0, 0, 0};
    int at = 0;
    for (Part part : parts) {
      if (part.element() == null) {
        if (!text.startsWith(part.between(), at)) {
          return null;
        }
        at += part.between().length();
        continue;
      }
      int value = 0;
      for (int end = at + part.element().digits(); at < end; at++) {
        int digit = at < text.length() ? text.charAt(at) - '0' : -1;
        if (digit < 0 || digit > 9) {
          return null;
        }
        value = value * 10 + digit;
      }
      values[part.element().ordinal()] = value;
    }
    boolean isTime = values[3] < 24 && values[4] < 60 && values[5] < 60;
    try {
      return at == text.length() && isTime
          ? LocalDate.of(values[0], values[1], values[2]).toString()
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** A canonical date or time in this format; what a date does not have is zero. */
  String text(String canonical) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (part.element() == null) {
        out.append(part.between());
      } else if (part.element().at() < canonical.length()) {
        int at = part.element().at();
        out.append(canonical, at, at + part.element().digits());
      } else {
        out.append("00");
      }
    }
    return out.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
