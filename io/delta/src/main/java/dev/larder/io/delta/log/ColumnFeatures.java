package dev.larder.io.delta.log;

import io.delta.standalone.types.ArrayType;
import io.delta.standalone.types.DataType;
import io.delta.standalone.types.MapType;
import io.delta.standalone.types.StructField;
import io.delta.standalone.types.StructType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the columns of a table say of protocol features. */
final class ColumnFeatures {
  private static final Map<String, String> WRITER_KEYS =
      new TreeMap<>(
          Map.of(
              "delta.invariants", "a column invariant",
              "delta.generationExpression", "a generated column",
              "delta.identity.start", "an identity column",
              "__CHAR_VARCHAR_TYPE_STRING", "a column of limited length",
              "CURRENT_DEFAULT", "a column default"));
  private static final List<String> NEWER_TYPES =
      List.of("timestamp_ntz", "variant", "void", "interval");

  private ColumnFeatures() {}

  /** A type in a schema's JSON that delta-standalone does not know; empty if none is recognised. */
  static Optional<String> unknownType(String schemaJson) {
    return NEWER_TYPES.stream().filter(type -> schemaJson.contains("\"" + type + "\"")).findFirst();
  }

  /** Why rows must not be written: {@code a generated column ("day")}. */
  static Optional<String> unwritable(StructType columns) {
    for (Map.Entry<String, String> key : WRITER_KEYS.entrySet()) {
      Optional<String> found =
          find(columns, field -> field.getMetadata().contains(key.getKey()))
              .map(column -> key.getValue() + " (\"" + column + "\")");
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** A column whose older files hold another type. */
  static Optional<String> widened(StructType columns) {
    return find(columns, field -> field.getMetadata().contains("delta.typeChanges"));
  }

  private static Optional<String> find(DataType type, Predicate<StructField> wanted) {
    if (type instanceof ArrayType array) {
      return find(array.getElementType(), wanted);
    } else if (type instanceof MapType map) {
      return find(map.getKeyType(), wanted).or(() -> find(map.getValueType(), wanted));
    } else if (type instanceof StructType struct) {
      for (StructField field : struct.getFields()) {
        Optional<String> found =
            wanted.test(field)
                ? Optional.of(field.getName())
                : find(field.getDataType(), wanted).map(inner -> field.getName() + "." + inner);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** Whether {@code after} has all columns of {@code before}, in their types. */
  static boolean onlyAdds(StructType before, StructType after) {
    for (StructField old : before.getFields()) {
      StructField now = field(after, old.getName());
      if (now == null || old.isNullable() && !now.isNullable()) {
        return false;
      }
      if (!onlyAdds(old.getDataType(), now.getDataType())) {
        return false;
      }
    }
    return true;
  }

  private static boolean onlyAdds(DataType before, DataType after) {
    if (before instanceof StructType old && after instanceof StructType now) {
      return onlyAdds(old, now);
    } else if (before instanceof ArrayType old && after instanceof ArrayType now) {
      return old.containsNull() == now.containsNull()
          && onlyAdds(old.getElementType(), now.getElementType());
    } else if (before instanceof MapType old && after instanceof MapType now) {
      return old.valueContainsNull() == now.valueContainsNull()
          && onlyAdds(old.getKeyType(), now.getKeyType())
          && onlyAdds(old.getValueType(), now.getValueType());
    }
    return before.equals(after);
  }

  private static StructField field(StructType struct, String name) {
    for (StructField field : struct.getFields()) {
      if (field.getName().equals(name)) {
        return field;
      }
    }
    return null;
  }
}
