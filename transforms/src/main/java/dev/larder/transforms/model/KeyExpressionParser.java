package dev.larder.transforms.model;

import dev.larder.transforms.model.KeyExpression.Call;
import dev.larder.transforms.model.KeyExpression.Function;
import dev.larder.transforms.model.KeyExpression.Name;
import dev.larder.transforms.model.KeyExpression.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads the text of a {@link KeyExpression} by recursive descent. */
final class KeyExpressionParser {
  private static final int MAX_PAD = 1_000;

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
    Function function = function(word, start);
    List<Integer> starts = new ArrayList<>();
    List<KeyExpression> arguments = new ArrayList<>();
    char next;
    do {
      at++;
      skipBlanks();
      starts.add(at);
      boolean isLength = function == Function.LPAD && arguments.size() == 1;
      arguments.add(isLength ? length() : expression());
      skipBlanks();
      next = at < text.length() ? text.charAt(at) : 0;
      if (next != ',' && next != ')') {
        throw mistake("expected \",\" or \")\", found " + found(), at);
      }
    } while (next == ',');
    at++;
    return checked(function, arguments, starts, start);
  }

  private KeyExpression checked(
      Function function, List<KeyExpression> arguments, List<Integer> starts, int start) {
    if (!function.takes(arguments.size())) {
      throw mistake(
          function.id() + " takes " + function.arity() + ", found " + arguments.size(), start);
    }
    if (function == Function.LITERAL) {
      if (arguments.get(0) instanceof Text literal) {
        return literal;
      }
      throw mistake("literal takes a 'text'", starts.get(0));
    }
    if (function == Function.LPAD
        && !(arguments.get(2) instanceof Text pad && !pad.value().isEmpty())) {
      throw mistake("lpad pads with a 'text' of at least one character", starts.get(2));
    }
    return new Call(function, arguments);
  }

  private Function function(String word, int start) {
    for (Function function : Function.values()) {
      if (function.id().equals(word.toLowerCase(Locale.ROOT))) {
        return function;
      }
    }
    List<String> known = Arrays.stream(Function.values()).map(Function::id).toList();
    throw mistake("unknown function \"" + word + "\". " + Suggestions.known(word, known), start);
  }

  private Text length() {
    int start = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    String digits = text.substring(start, at);
    if (digits.isEmpty() || digits.length() > 4 || Integer.parseInt(digits) > MAX_PAD) {
      throw mistake("expected a length from 0 to " + MAX_PAD + ", found " + found(start), start);
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
