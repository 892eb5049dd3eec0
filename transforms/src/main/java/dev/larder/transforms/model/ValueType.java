package dev.larder.transforms.model;

import java.util.List;
import java.util.stream.Collectors;

/** What may stand at a key of a model file. */
sealed interface ValueType {
  /** A name of the model. */
  String NAME = "[A-Za-z][A-Za-z0-9_]*";

  String TABLE_NAME = NAME + "\\.[A-Za-z0-9_$-]+";

  /** A number of days, weeks, months or years. */
  String PERIOD_TEXT = "([1-9][0-9]{0,4})([dwmy])|forever";

  ValueType SECRET = text("env:NAME | file:PATH", "(env|file):.+");
  ValueType PATH = text("PATH");
  ValueType COLUMN = text("COLUMN");
  ValueType PERIOD = text("90d | 12w | 6m | 5y | forever", PERIOD_TEXT);
  ValueType PARENT = text("HUB | LINK", NAME);

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
