package dev.larder.io.delta.file;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.util.function.UnaryOperator;

/**
 * Brings rows of one schema into the columns and types of another; what is missing becomes null,
 * what is of a narrower type ({@link dev.larder.io.delta.log.SchemaUnion}) becomes a value of the
 * wider one.
 */
public final class RowMapper {
  private final int[] positions;
  private final UnaryOperator<Object>[] values;
  private final boolean identity;

  private RowMapper(int[] positions, UnaryOperator<Object>[] values, boolean identity) {
    this.positions = positions;
    this.values = values;
    this.identity = identity;
  }

  /**
   * @throws IllegalArgumentException if a column's type cannot become the other's
   */
  public static RowMapper between(RowSchema from, RowSchema to) {
    int[] positions = new int[to.size()];
    @SuppressWarnings({"unchecked", "rawtypes"}) // generic arrays cannot be made
    UnaryOperator<Object>[] values = new UnaryOperator[to.size()];
    boolean identity = from.size() == to.size();
    for (int i = 0; i < positions.length; i++) {
      positions[i] = from.find(to.column(i).name());
      identity &= positions[i] == i;
      if (positions[i] >= 0) {
        values[i] = value(from.column(positions[i]).type(), to.column(i).type());
        identity &= values[i] == null;
      }
    }
    return new RowMapper(positions, values, identity);
  }

  /** Whether rows stay as they are. */
  public boolean isIdentity() {
    return identity;
  }

  /** The row itself if the schemas agree. */
  public Object[] map(Object[] row) {
    if (identity) {
      return row;
    }
    Object[] mapped = new Object[positions.length];
    for (int i = 0; i < mapped.length; i++) {
      Object value = positions[i] < 0 ? null : row[positions[i]];
      mapped[i] = value == null || values[i] == null ? value : values[i].apply(value);
    }
    return mapped;
  }

  /** How a value of one type becomes one of another; null if it is one already. */
  private static UnaryOperator<Object> value(ColumnType from, ColumnType to) {
    if (from.kind() == to.kind()) {
      return switch (to.kind()) {
        case DECIMAL ->
            from.scale() == to.scale() ? null : value -> rescaled((BigDecimal) value, to.scale());
        case STRUCT -> row(between(from.fields(), to.fields()));
        case ARRAY -> elements(value(from.element().type(), to.element().type()));
        case MAP -> elements(row(between(from.fields(), to.fields())));
        default -> null;
      };
    }
    if (from.kind() == Kind.INT && to.kind() == Kind.DECIMAL) {
      return value -> rescaled(BigDecimal.valueOf((Long) value), to.scale());
    } else if (from.kind() == Kind.FLOAT && to.kind() == Kind.DOUBLE) {
      return value -> (double) (Float) value;
    } else if (isText(from) && isText(to)) {
      return null;
    }
    throw new IllegalArgumentException(from + " cannot become " + to);
  }

  private static boolean isText(ColumnType type) {
    return type.kind() == Kind.STRING || type.kind() == Kind.JSON;
  }

  private static BigDecimal rescaled(BigDecimal value, int scale) {
    return value.setScale(scale);
  }

  private static UnaryOperator<Object> row(RowMapper mapper) {
    return mapper.identity ? null : value -> mapper.map((Object[]) value);
  }

  private static UnaryOperator<Object> elements(UnaryOperator<Object> element) {
    return element == null
        ? null
        : array -> {
          Object[] mapped = ((Object[]) array).clone();
          for (int i = 0; i < mapped.length; i++) {
            mapped[i] = mapped[i] == null ? null : element.apply(mapped[i]);
          }
          return mapped;
        };
  }
}
