package dev.larder.transforms.model;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How a part of a business key is read from a row of a source table: a column, or functions over
 * columns, on canonical text ({@link dev.larder.io.changes.Values#text}). Exactly one spelling of a
 * key may reach a hub; expressions bring two sources' spellings together.
 *
 * <pre>{@code
 * expression := column | 'text' | function ( expression, ... ) | cast ( expression as type [format 'format'] )
 * }</pre>
 *
 * A column whose name is not made of letters, digits, {@code _} and {@code $} stands in backquotes;
 * a quote in a text is doubled. NULL in gives NULL out, except in coalesce. What cannot be cast
 * gives NULL too, so that the policy for absent keys ({@link SourceTable.WhenNull}) decides.
 */
public sealed interface KeyExpression extends Serializable {

  /** A column of the table. */
  record Name(String column) implements KeyExpression {}

  /** A constant. */
  record Text(String value) implements KeyExpression {}

  /**
   * A function; arguments that are no expressions of their own (lengths, pads) are {@link Text}.
   */
  record Call(KeyFunction function, List<KeyExpression> arguments) implements KeyExpression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * A change of type.
   *
   * @param format null where none is given
   */
  record Cast(KeyExpression argument, Target target, KeyDateFormat format)
      implements KeyExpression {}

  /** What a cast makes. */
  enum Target {
    /** The canonical text; with a format, the text of a date or time in that format. */
    TEXT,
    /** A whole number without blanks, leading zeros or a plus; NULL for any other text. */
    INT,
    /** A day, from a text in a format (ISO without one) or from a time; NULL for any other text. */
    DATE;

    /** The word in an expression. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @throws KeyExpressionException with the position of the mistake in the text
   */
  static KeyExpression parse(String text) {
    return new KeyExpressionParser(text).parse();
  }

  /** The columns it reads, in order of appearance. */
  default Set<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    collect(this, columns);
    return columns;
  }

  private static void collect(KeyExpression expression, Set<String> columns) {
    if (expression instanceof Name name) {
      columns.add(name.column());
    } else if (expression instanceof Call call) {
      call.arguments().forEach(argument -> collect(argument, columns));
    } else if (expression instanceof Cast cast) {
      collect(cast.argument(), columns);
    }
  }

  /**
   * The type of its result; functions give text.
   *
   * @throws IllegalArgumentException if a column is not in the table
   */
  default ColumnType type(RowSchema table) {
    if (this instanceof Name name) {
      return table.column(table.position(name.column())).type();
    }
    if (this instanceof Cast cast && cast.target() == Target.DATE) {
      return ColumnType.DATE;
    }
    return ColumnType.STRING;
  }

  /**
   * What does not fit the types of the table's columns: a format of something that is no date.
   *
   * @throws IllegalArgumentException if a column is not in the table
   */
  default Optional<String> misfit(RowSchema table) {
    if (this instanceof Call call) {
      return call.arguments().stream().flatMap(a -> a.misfit(table).stream()).findFirst();
    }
    if (!(this instanceof Cast cast)) {
      return Optional.empty();
    }
    ColumnType type = cast.argument().type(table);
    boolean isTime = Set.of(Kind.DATE, Kind.DATETIME, Kind.TIMESTAMP).contains(type.kind());
    if (cast.format() != null && isTime != (cast.target() == Target.TEXT)) {
      return Optional.of(CatalogueErrors.castMisfit(cast, type));
    }
    return cast.argument().misfit(table);
  }

  /**
   * Resolves the columns of a table once.
   *
   * @throws IllegalArgumentException if a column is not in the table
   */
  default BoundKey bind(RowSchema table) {
    return BoundKey.of(this, table);
  }
}
