package dev.larder.io.delta.log;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SchemaPolicy;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Columns of a table together with those that rows bring, by a {@link SchemaPolicy}; also inside
 * structs, arrays and maps.
 */
public final class SchemaUnion {
  private final String path;
  private final SchemaPolicy policy;

  private SchemaUnion(String path, SchemaPolicy policy) {
    this.path = path;
    this.policy = policy;
  }

  /**
   * @param path for messages
   * @return {@code stored} itself if rows bring nothing new
   * @throws dev.larder.io.changes.UserException if a column has incompatible types, naming both, or
   *     the policy forbids what would have to be done
   */
  public static RowSchema of(
      String path, RowSchema stored, RowSchema incoming, SchemaPolicy policy) {
    return stored == incoming || stored.equals(incoming)
        ? stored
        : new SchemaUnion(path, policy).fields("", stored, incoming);
  }

  /** Whether columns that both have are of the same type in both. */
  public static boolean sameTypes(RowSchema one, RowSchema other) {
    return MetadataChange.holdsTypes(one, other);
  }

  /** By {@link SchemaPolicy#ADD}. */
  public static RowSchema of(String path, RowSchema stored, RowSchema incoming) {
    return of(path, stored, incoming, SchemaPolicy.ADD);
  }

  private RowSchema fields(String prefix, RowSchema stored, RowSchema incoming) {
    List<Column> columns = new ArrayList<>(stored.columns());
    boolean changed = false;
    for (Column column : incoming.columns()) {
      String name = prefix + column.name();
      int position = stored.find(column.name());
      if (position < 0) {
        if (policy == SchemaPolicy.FAIL) {
          throw DeltaErrors.newColumn(path, name, column.type(), stored.names());
        }
        columns.add(Column.nullable(column.name(), column.type()));
        changed = true;
        continue;
      }
      Column known = stored.column(position);
      ColumnType type = type(name, known.type(), column.type());
      if (!type.equals(known.type())) {
        columns.set(position, new Column(known.name(), type, known.nullable()));
        changed = true;
      }
    }
    return changed ? RowSchema.of(columns) : stored;
  }

  private ColumnType type(String column, ColumnType stored, ColumnType incoming) {
    if (stored.equals(incoming) || isText(stored) && isText(incoming)) {
      return stored;
    }
    if (stored.fields() != null && stored.kind() == incoming.kind()) {
      RowSchema fields = fields(column + ".", stored.fields(), incoming.fields());
      return fields == stored.fields() ? stored : new ColumnType(stored.kind(), 0, 0, fields);
    }
    Optional<ColumnType> wider = wider(stored, incoming);
    if (wider.isPresent() && wider.get().equals(stored)) {
      return stored;
    }
    boolean integers = stored.kind() == Kind.INT && incoming.kind() == Kind.INT;
    if (integers && policy != SchemaPolicy.WIDEN) {
      return stored;
    }
    if (wider.isEmpty()) {
      throw DeltaErrors.typeConflict(path, column, stored, incoming);
    }
    if (policy != SchemaPolicy.WIDEN) {
      throw DeltaErrors.typeTooNarrow(path, column, stored, incoming, wider.get());
    }
    return wider.get();
  }

  private static boolean isText(ColumnType type) {
    return type.kind() == Kind.STRING || type.kind() == Kind.JSON;
  }

  /** The narrowest type that holds every value of both. */
  static Optional<ColumnType> wider(ColumnType one, ColumnType other) {
    if (one.kind() == Kind.INT && other.kind() == Kind.INT) {
      return Optional.of(one.bits() >= other.bits() ? one : other);
    }
    if (isExact(one) && isExact(other)) {
      int scale = Math.max(one.scale(), other.scale());
      int whole = Math.max(wholeDigits(one), wholeDigits(other));
      return whole + scale <= ColumnType.MAX_PRECISION
          ? Optional.of(ColumnType.decimal(whole + scale, scale))
          : Optional.empty();
    }
    return isFloating(one) && isFloating(other)
        ? Optional.of(one.equals(other) ? one : ColumnType.DOUBLE)
        : Optional.empty();
  }

  private static boolean isExact(ColumnType type) {
    return type.kind() == Kind.INT || type.kind() == Kind.DECIMAL;
  }

  private static boolean isFloating(ColumnType type) {
    return type.kind() == Kind.FLOAT || type.kind() == Kind.DOUBLE;
  }

  private static int wholeDigits(ColumnType type) {
    if (type.kind() == Kind.DECIMAL) {
      return type.precision() - type.scale();
    }
    return switch (type.bits()) {
      case Byte.SIZE -> 3;
      case Short.SIZE -> 5;
      case Integer.SIZE -> 10;
      default -> 19;
    };
  }
}
