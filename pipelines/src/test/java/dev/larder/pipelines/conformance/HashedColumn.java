package dev.larder.pipelines.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashDiff;
import dev.larder.transforms.hash.HashInput;
import dev.larder.transforms.hash.HashProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Translates a hashed column of a stage: a key of one column or of several, or a hash diff ({@code
 * is_hashdiff}) of the columns that it lists or, with {@code exclude_columns}, of all others.
 */
final class HashedColumn {
  private final HashProfile profile;
  private final HashAlgorithm algorithm;

  HashedColumn(ConformanceCase owner) {
    this.profile =
        owner.vars().getOrDefault("hash_content_casing", "UPPER").equalsIgnoreCase("DISABLED")
            ? HashProfile.AUTOMATE_DV_CASED
            : HashProfile.AUTOMATE_DV;
    this.algorithm = algorithm(owner);
  }

  /**
   * @throws CaseException if the suite's name of the algorithm is none that is known
   */
  static HashAlgorithm algorithm(ConformanceCase owner) {
    return switch (owner.hashing().toUpperCase(Locale.ROOT)) {
      case "MD5" -> HashAlgorithm.MD5;
      case "SHA", "SHA256" -> HashAlgorithm.SHA256;
      case "SHA1" -> HashAlgorithm.SHA1;
      default -> throw new CaseException("unknown hash algorithm " + owner.hashing());
    };
  }

  /**
   * @param source what is there to be hashed: source, derived and null columns
   */
  DerivedColumn of(String name, JsonNode definition, CaseTable source) {
    List<String> columns =
        Cells.names(definition.isObject() ? definition.path("columns") : definition);
    if (definition.path("exclude_columns").asBoolean()) {
      List<String> others = new ArrayList<>(source.schema().names());
      others.removeAll(columns);
      columns = others;
    }
    columns.forEach(source::position);
    Function<Object[], byte[]> hash =
        isHashDiff(definition)
            ? new HashDiff(profile, algorithm, source.schema(), columns)::of
            : key(columns, source);
    List<Object> values = new ArrayList<>();
    source.rows().forEach(row -> values.add(hash.apply(row)));
    return new DerivedColumn(Column.nullable(name, ColumnType.BINARY), values);
  }

  /** A hash diff of one column that is given without a list is hashed as a key. */
  private static boolean isHashDiff(JsonNode definition) {
    return definition.path("is_hashdiff").asBoolean() && !definition.path("columns").isTextual();
  }

  private Function<Object[], byte[]> key(List<String> columns, CaseTable source) {
    HashInput input = profile.input();
    int[] positions = columns.stream().mapToInt(source::position).toArray();
    return row -> {
      input.clear();
      for (int position : positions) {
        if (position < 0) {
          input.add(null);
        } else {
          input.add(source.schema().column(position).type(), row[position]);
        }
      }
      return input.key(algorithm);
    };
  }
}
