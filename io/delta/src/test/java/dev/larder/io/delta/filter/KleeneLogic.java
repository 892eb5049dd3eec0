package dev.larder.io.delta.filter;

import dev.larder.io.changes.RowSchema;
import java.util.List;
import java.util.Optional;

/** SQL's three-valued logic word by word: the judge of {@link Condition}. Empty is unknown. */
public final class KleeneLogic {

  private KleeneLogic() {}

  public static boolean isTrue(Filter filter, RowSchema schema, Object[] row) {
    return evaluate(filter, schema, row).orElse(false);
  }

  private static Optional<Boolean> evaluate(Filter filter, RowSchema schema, Object[] row) {
    if (filter instanceof Filter.Not not) {
      return evaluate(not.condition(), schema, row).map(truth -> !truth);
    } else if (filter instanceof Filter.And and) {
      return all(and.conditions(), schema, row, true);
    } else if (filter instanceof Filter.Or or) {
      return all(or.conditions(), schema, row, false);
    } else if (filter instanceof Filter.Absent absent) {
      return Optional.of(path(schema, absent.column()).value(row) == null);
    } else if (filter instanceof Filter.Between between) {
      return evaluate(
          Filter.atLeast(between.column(), between.min())
              .and(Filter.atMost(between.column(), between.max())),
          schema,
          row);
    } else if (filter instanceof Filter.In in) {
      List<Filter> equals =
          in.values().stream().map(value -> Filter.equalTo(in.column(), value)).toList();
      return evaluate(new Filter.Or(equals), schema, row);
    }
    return compare((Filter.Comparison) filter, schema, row);
  }

  /** AND looks for false among its operands, OR for true; either wins over unknown. */
  private static Optional<Boolean> all(
      List<Filter> filters, RowSchema schema, Object[] row, boolean and) {
    List<Optional<Boolean>> truths =
        filters.stream().map(filter -> evaluate(filter, schema, row)).toList();
    if (truths.contains(Optional.of(!and))) {
      return Optional.of(!and);
    }
    return truths.contains(Optional.<Boolean>empty()) ? Optional.empty() : Optional.of(and);
  }

  private static Optional<Boolean> compare(
      Filter.Comparison comparison, RowSchema schema, Object[] row) {
    FieldPath path = path(schema, comparison.column());
    Object value = path.value(row);
    if (value == null) {
      return Optional.empty();
    }
    int order = ValueOrder.of(path.type().kind()).compare(value, comparison.value());
    return Optional.of(
        switch (comparison.operator()) {
          case EQUAL -> order == 0;
          case NOT_EQUAL -> order != 0;
          case LESS -> order < 0;
          case AT_MOST -> order <= 0;
          case GREATER -> order > 0;
          case AT_LEAST -> order >= 0;
        });
  }

  private static FieldPath path(RowSchema schema, String column) {
    return FieldPath.find(schema, column).orElseThrow();
  }
}
