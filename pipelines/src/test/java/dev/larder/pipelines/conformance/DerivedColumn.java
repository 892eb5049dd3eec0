package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.model.BoundKey;
import dev.larder.transforms.model.KeyExpression;
import dev.larder.transforms.model.KeyExpression.Call;
import dev.larder.transforms.model.KeyExpression.Name;
import dev.larder.transforms.model.KeyExpression.Text;
import dev.larder.transforms.model.KeyExpressionException;
import dev.larder.transforms.model.KeyFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A derived column of a stage: a source column under another name, {@code !constant}, several of
 * them joined by {@code ||}, or an expression in Snowflake's SQL. What Larder's key expressions can
 * say is evaluated by them, the rest by DuckDB.
 *
 * @param values one for each row of the source
 */
record DerivedColumn(Column column, List<Object> values) {
  private static final KeyExpression JOINT = new Text("||");

  static DerivedColumn of(String name, JsonNode definition, CaseTable source) {
    JsonNode what = definition.isObject() ? definition.path("source_column") : definition;
    if (what.isTextual() && source.schema().find(what.asText()) >= 0) {
      return copy(name, source, source.schema().find(what.asText()));
    }
    Optional<KeyExpression> expression =
        what.isArray() ? joined(what, source) : expression(what.asText(), source);
    return expression
        .map(known -> texts(name, known, source))
        .orElseGet(() -> SqlColumn.of(name, what.asText(), source));
  }

  private static DerivedColumn copy(String name, CaseTable source, int position) {
    ColumnType type = source.schema().column(position).type();
    List<Object> values = new ArrayList<>();
    source.rows().forEach(row -> values.add(row[position]));
    return new DerivedColumn(Column.nullable(name, type), values);
  }

  private static Optional<KeyExpression> joined(JsonNode parts, CaseTable source) {
    List<KeyExpression> arguments = new ArrayList<>();
    for (JsonNode part : parts) {
      Optional<KeyExpression> expression = expression(part.asText(), source);
      if (expression.isEmpty()) {
        throw new CaseException("cannot join " + part + " in a derived column");
      }
      if (!arguments.isEmpty()) {
        arguments.add(JOINT);
      }
      arguments.add(expression.get());
    }
    return Optional.of(new Call(KeyFunction.CONCAT, arguments));
  }

  /** Empty if the text says what a key expression cannot. */
  private static Optional<KeyExpression> expression(String text, CaseTable source) {
    if (text.startsWith("!")) {
      return Optional.of(new Text(text.substring(1)));
    }
    if (source.schema().find(text) >= 0) {
      return Optional.of(new Name(text));
    }
    try {
      KeyExpression expression = KeyExpression.parse(text.replace('"', '`'));
      return source.schema().names().containsAll(expression.columns())
          ? Optional.of(expression)
          : Optional.empty();
    } catch (KeyExpressionException e) {
      return Optional.empty();
    }
  }

  /** Key expressions read texts as the suite's database casts them. */
  private static DerivedColumn texts(String name, KeyExpression expression, CaseTable source) {
    RowSchema schema = source.schema();
    BoundKey bound =
        expression.bind(
            RowSchema.of(
                schema.names().stream().map(n -> Column.nullable(n, ColumnType.STRING)).toList()));
    List<Object> values = new ArrayList<>();
    for (Object[] row : source.rows()) {
      Object[] texts = new Object[row.length];
      for (int i = 0; i < row.length; i++) {
        texts[i] = SuiteTypes.text(schema.column(i).type(), row[i]);
      }
      values.add(bound.text(texts));
    }
    return new DerivedColumn(Column.nullable(name, ColumnType.STRING), values);
  }
}
