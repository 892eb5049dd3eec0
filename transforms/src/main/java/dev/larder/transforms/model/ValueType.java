package dev.larder.transforms.model;

import java.util.List;
import java.util.stream.Collectors;

/** What may stand at a key of a model file. */
sealed interface ValueType {

  /** How it is written, for people. */
  String form();

  /**
   * A text.
   *
   * @param pattern a regular expression for the whole text; empty for any text
   */
  record Text(String form, String pattern) implements ValueType {}

  /** One of a few words. */
  record Words(List<String> words) implements ValueType {
    @Override
    public String form() {
      return String.join(" | ", words);
    }
  }

  /** True or false. */
  record Flag() implements ValueType {
    @Override
    public String form() {
      return "true | false";
    }
  }

  /** Texts in a list; a text alone is a list of one. */
  record Texts(String item) implements ValueType {
    @Override
    public String form() {
      return "[" + item + ", ...]";
    }
  }

  /** A list in which a text may stand again. */
  record Steps(String items) implements ValueType {
    @Override
    public String form() {
      return "[" + items + ", ...]";
    }
  }

  /** Columns of a source table: listed, renamed, or all but some. */
  record Columns() implements ValueType {
    @Override
    public String form() {
      return "COLUMNS";
    }
  }

  /** A map with keys of the model's own choice. */
  record Named(String name, ValueType value) implements ValueType {
    @Override
    public String form() {
      return "{" + name + ": " + value.form() + ", ...}";
    }
  }

  /** A map with given keys. */
  record Structure(Shape shape) implements ValueType {
    @Override
    public String form() {
      return shape.like();
    }
  }

  /** One of several. */
  record Either(List<ValueType> types) implements ValueType {
    @Override
    public String form() {
      return types.stream().map(ValueType::form).collect(Collectors.joining(" | "));
    }
  }

  static ValueType text(String form) {
    return new Text(form, "");
  }

  static ValueType text(String form, String pattern) {
    return new Text(form, pattern);
  }

  static <E extends Enum<E>> ValueType words(Class<E> type) {
    return new Words(Names.words(type));
  }

  static ValueType either(ValueType... types) {
    return new Either(List.of(types));
  }
}
