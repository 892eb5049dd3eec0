package dev.larder.transforms.model;

import dev.larder.transforms.model.KeyExpression.Call;
import dev.larder.transforms.model.KeyExpression.Cast;
import dev.larder.transforms.model.KeyExpression.Name;
import dev.larder.transforms.model.KeyExpression.Target;
import dev.larder.transforms.model.KeyExpression.Text;
import dev.larder.transforms.model.KeyFunction.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the text of a {@link KeyExpression} by recursive descent. */
final class KeyExpressionParser {
  private static final int MAX = 1_000;
  private static final String CAST = "cast";

  private final String text;
  private int at;

  KeyExpressionParser(String text) {
    this.text = text;
  }

  KeyExpression parse() {
    KeyExpression expression = expression();
    skipBlanks();
    if (at < text.length()) {
      throw mistake("expected the end, found \"" + text.charAt(at) + "\"", at);
    }
    return expression;
  }

  private KeyExpression expression() {
    skipBlanks();
    if (at == text.length()) {
      throw mistake("expected a column, a function or a 'text', found the end", at);
    }
    char first = text.charAt(at);
    if (first == '\'') {
      return new Text(quoted('\'', "text"));
    }
    if (first == '`') {
      return new Name(quoted('`', "column name"));
    }
    int start = at;
    String word = word();
    if (word.isEmpty()) {
      throw mistake("expected a column, a function or a 'text', found \"" + first + "\"", at);
    }
    skipBlanks();
    return at < text.length() && text.charAt(at) == '(' ? call(word, start) : new Name(word);
  }

  private KeyExpression call(String word, int start) {
    if (word.equalsIgnoreCase(CAST)) {
      return cast();
    }
    KeyFunction function = function(word, start);
    List<KeyExpression> arguments = new ArrayList<>();
    char next;
    do {
      at++;
      skipBlanks();
      arguments.add(argument(function, function.parameter(arguments.size())));
      skipBlanks();
      next = at < text.length() ? text.charAt(at) : 0;
      if (next != ',' && next != ')') {
        throw mistake("expected \",\" or \")\", found " + found(), at);
      }
    } while (next == ',');
    at++;
    if (!function.takes(arguments.size())) {
      throw mistake(
          function.id() + " takes " + function.arity() + ", found " + arguments.size(), start);
    }
    return function == KeyFunction.LITERAL ? arguments.get(0) : new Call(function, arguments);
  }

  private KeyExpression argument(KeyFunction function, Parameter parameter) {
    int start = at;
    switch (parameter) {
      case LENGTH:
        return number("length", 0);
      case POSITION:
        return number("position", 1);
      case TEXT, ANY_TEXT:
        boolean isText = at < text.length() && text.charAt(at) == '\'';
        Text constant = isText ? new Text(quoted('\'', "text")) : null;
        if (constant == null || parameter == Parameter.TEXT && constant.value().isEmpty()) {
          String length = parameter == Parameter.TEXT ? " of at least one character" : "";
          throw mistake(function.id() + " takes a 'text'" + length + " here", start);
        }
        return constant;
      default:
        return expression();
    }
  }

  /** {@code cast(x as date format 'DD.MM.YYYY')}, from the bracket on. */
  private KeyExpression cast() {
    at++;
    KeyExpression argument = expression();
    keyword("as");
    skipBlanks();
    int start = at;
    String word = word();
    List<String> known = Arrays.stream(Target.values()).map(Target::id).toList();
    int target = known.indexOf(word.toLowerCase(Locale.ROOT));
    if (target < 0) {
      throw mistake("unknown type \"" + word + "\". " + Suggestions.known(word, known), start);
    }
    skipBlanks();
    KeyDateFormat format = null;
    if (at < text.length() && text.charAt(at) != ')') {
      keyword("format");
      skipBlanks();
      format = format(Target.values()[target]);
      skipBlanks();
    }
    if (at == text.length() || text.charAt(at) != ')') {
      throw mistake("expected \")\", found " + found(), at);
    }
    at++;
    return new Cast(argument, Target.values()[target], format);
  }

  private KeyDateFormat format(Target target) {
    int start = at;
    if (at == text.length() || text.charAt(at) != '\'') {
      throw mistake("expected a 'format', found " + found(), at);
    }
    String quoted = quoted('\'', "format");
    try {
      KeyDateFormat format = KeyDateFormat.of(quoted);
      if (target == Target.INT || target == Target.DATE && !format.hasDay()) {
        throw new IllegalArgumentException(quoted);
      }
      return format;
    } catch (IllegalArgumentException e) {
      throw mistake(
          target == Target.INT
              ? "a cast as int has no format"
              : "the format of a date is made of YYYY, MM and DD, and of HH24, MI and SS, each once,"
                  + " with no other letters or digits between them",
          start);
    }
  }

  private void keyword(String keyword) {
    skipBlanks();
    int start = at;
    if (!word().equalsIgnoreCase(keyword)) {
      throw mistake("expected \"" + keyword + "\", found " + found(start), start);
    }
  }

  private KeyFunction function(String word, int start) {
    for (KeyFunction function : KeyFunction.values()) {
      if (function.id().equals(word.toLowerCase(Locale.ROOT))) {
        return function;
      }
    }
    List<String> known = new ArrayList<>();
    Arrays.stream(KeyFunction.values()).map(KeyFunction::id).forEach(known::add);
    known.add(CAST);
    throw mistake("unknown function \"" + word + "\". " + Suggestions.known(word, known), start);
  }

  private Text number(String what, int least) {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.isEmpty()
        || digits.length() > 4
        || Integer.parseInt(digits) < least
        || Integer.parseInt(digits) > MAX) {
      throw mistake(
          "expected a " + what + " from " + least + " to " + MAX + ", found " + found(start),
          start);
    }
    return new Text(digits);
  }

  private String quoted(char quote, String what) {
    int start = at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != quote) {
        out.append(c);
      } else if (at < text.length() && text.charAt(at) == quote) {
        out.append(c);
        at++;
      } else {
        return out.toString();
      }
    }
    throw mistake("the " + what + " that begins here has no end", start);
  }

  private String word() {
    int start = at;
    while (at < text.length() && isWordPart(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '$';
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String found() {
    return found(at);
  }

  private String found(int position) {
    return position < text.length() ? "\"" + text.charAt(position) + "\"" : "the end";
  }

  private static KeyExpressionException mistake(String message, int position) {
    return new KeyExpressionException(message, position + 1);
  }
}
