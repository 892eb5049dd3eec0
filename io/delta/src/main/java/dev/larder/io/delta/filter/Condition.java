package dev.larder.io.delta.filter;

import java.util.List;
import java.util.function.Function;

/**
 * A {@link Filter} for rows of one schema. Negation stands nowhere in it (it was moved into the
 * tests of columns), so that unknown need not be told from false: a row passes if the tests say so,
 * and groups of rows may be judged by bounds of their columns.
 */
public sealed interface Condition {

  /** Exactly the rows that the filter is true for. */
  boolean passes(Object[] row);

  /**
   * Whether some row of a group may pass; false is certain.
   *
   * @param bounds of the group's columns
   */
  boolean mayPass(Function<FieldPath, ColumnBounds> bounds);

  /** True if every row passes. */
  default boolean isEverything() {
    return this instanceof AllOf all && all.conditions.isEmpty();
  }

  /** Every one of them; of none, true. */
  record AllOf(List<Condition> conditions) implements Condition {
    @Override
    public boolean passes(Object[] row) {
      for (Condition condition : conditions) {
        if (!condition.passes(row)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean mayPass(Function<FieldPath, ColumnBounds> bounds) {
      return conditions.stream().allMatch(condition -> condition.mayPass(bounds));
    }
  }

  /** At least one; of none, false. */
  record AnyOf(List<Condition> conditions) implements Condition {
    @Override
    public boolean passes(Object[] row) {
      for (Condition condition : conditions) {
        if (condition.passes(row)) {
          return true;
        }
      }
      return false;
    }

    @Override
    public boolean mayPass(Function<FieldPath, ColumnBounds> bounds) {
      return conditions.stream().anyMatch(condition -> condition.mayPass(bounds));
    }
  }

  /** What one column's value has to be. */
  record OfColumn(FieldPath path, ValueTest test) implements Condition {
    @Override
    public boolean passes(Object[] row) {
      return test.passes(path.value(row));
    }

    @Override
    public boolean mayPass(Function<FieldPath, ColumnBounds> bounds) {
      return test.mayPass(bounds.apply(path));
    }
  }
}
