package dev.larder.transforms.model;

import java.util.List;
import java.util.Locale;

/** The functions of a {@link KeyExpression}; lengths and positions count characters from 1. */
public enum KeyFunction {
  UPPER("upper(x)", "in upper case", 1, Parameter.EXPRESSION),
  LOWER("lower(x)", "in lower case", 1, Parameter.EXPRESSION),
  TRIM("trim(x)", "without blanks at both ends", 1, Parameter.EXPRESSION),
  LPAD(
      "lpad(x, length, 'pad')",
      "filled up on the left to a length; a longer text stays whole, since cutting would merge two"
          + " keys",
      3,
      Parameter.EXPRESSION,
      Parameter.LENGTH,
      Parameter.TEXT),
  RPAD(
      "rpad(x, length, 'pad')",
      "filled up on the right, likewise",
      3,
      Parameter.EXPRESSION,
      Parameter.LENGTH,
      Parameter.TEXT),
  SUBSTRING(
      "substring(x, from[, length])",
      "a part; empty where the text is shorter",
      2,
      Parameter.EXPRESSION,
      Parameter.POSITION,
      Parameter.LENGTH),
  REPLACE(
      "replace(x, 'old', 'new')",
      "with each old part replaced",
      3,
      Parameter.EXPRESSION,
      Parameter.TEXT,
      Parameter.ANY_TEXT),
  NULLIF(
      "nullif(x, 'text')",
      "absent where it is that text",
      2,
      Parameter.EXPRESSION,
      Parameter.ANY_TEXT),
  CONCAT(
      "concat(x, y, ...)",
      "one after the other",
      1,
      Parameter.EXPRESSION,
      Parameter.MORE_EXPRESSIONS),
  COALESCE(
      "coalesce(x, y, ...)",
      "the first that is not absent",
      1,
      Parameter.EXPRESSION,
      Parameter.MORE_EXPRESSIONS),
  LITERAL("literal('text')", "the text itself, as `'text'` is", 1, Parameter.ANY_TEXT);

  /** What an argument is. */
  enum Parameter {
    EXPRESSION,
    MORE_EXPRESSIONS,
    LENGTH,
    POSITION,
    TEXT,
    ANY_TEXT
  }

  private final String form;
  private final String meaning;
  private final int min;
  private final List<Parameter> parameters;

  KeyFunction(String form, String meaning, int min, Parameter... parameters) {
    this.form = form;
    this.meaning = meaning;
    this.min = min;
    this.parameters = List.of(parameters);
  }

  /** The name in an expression: {@code lpad}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How it is written. */
  String form() {
    return form;
  }

  /** What it gives. */
  String meaning() {
    return meaning;
  }

  /** The argument at a place, or the last one where there are more. */
  Parameter parameter(int place) {
    return parameters.get(Math.min(place, parameters.size() - 1));
  }

  boolean takes(int count) {
    return count >= min && (isEndless() || count <= parameters.size());
  }

  private boolean isEndless() {
    return parameters.contains(Parameter.MORE_EXPRESSIONS);
  }

  /** {@code "1 argument"}, {@code "2 or 3 arguments"}, {@code "1 or more arguments"}. */
  String arity() {
    String more =
        isEndless() ? " or more" : min < parameters.size() ? " or " + parameters.size() : "";
    return min + more + (min == 1 && more.isEmpty() ? " argument" : " arguments");
  }
}
