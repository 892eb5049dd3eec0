package dev.larder.io.delta.filter;

import dev.larder.io.changes.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** What a value has to be. An absent value passes {@link Absent} only. */
public sealed interface ValueTest {

  boolean passes(Object value);

  /** Whether a value within the bounds may pass; false is certain. */
  boolean mayPass(ColumnBounds bounds);

  /**
   * Within bounds.
   *
   * @param min null for none
   * @param max null for none
   * @param minOpen whether {@code min} itself does not pass
   */
  record Range(Kind kind, Object min, boolean minOpen, Object max, boolean maxOpen)
      implements ValueTest {
    @Override
    public boolean passes(Object value) {
      return value != null && (min == null || above(value)) && (max == null || below(value));
    }

    private boolean above(Object value) {
      int order = ValueOrder.of(kind).compare(value, min);
      return minOpen ? order > 0 : order >= 0;
    }

    private boolean below(Object value) {
      int order = ValueOrder.of(kind).compare(value, max);
      return maxOpen ? order < 0 : order <= 0;
    }

    @Override
    public boolean mayPass(ColumnBounds bounds) {
      if (bounds.holdsNoValue() || bounds.min() != null && max != null && !below(bounds.min())) {
        return false;
      }
      boolean boundedAbove = !ValueOrder.hasNan(kind) || max != null && !ValueOrder.isNan(max);
      return !boundedAbove || bounds.max() == null || min == null || above(bounds.max());
    }
  }

  /** Any value but one. */
  record Other(Kind kind, Object than) implements ValueTest {
    @Override
    public boolean passes(Object value) {
      return value != null && ValueOrder.of(kind).compare(value, than) != 0;
    }

    @Override
    public boolean mayPass(ColumnBounds bounds) {
      return !bounds.holdsNoValue()
          && (ValueOrder.hasNan(kind)
              || bounds.min() == null
              || bounds.max() == null
              || passes(bounds.min())
              || passes(bounds.max()));
    }
  }

  /** One of some values. */
  record OneOf(Kind kind, TreeSet<Object> values) implements ValueTest {
    static OneOf of(Kind kind, List<?> wanted) {
      Comparator<Object> order = ValueOrder.of(kind);
      TreeSet<Object> values = new TreeSet<>(order);
      values.addAll(wanted);
      return new OneOf(kind, values);
    }

    @Override
    public boolean passes(Object value) {
      return value != null && values.contains(value);
    }

    @Override
    public boolean mayPass(ColumnBounds bounds) {
      if (values.isEmpty() || bounds.holdsNoValue()) {
        return false;
      }
      if (ValueOrder.isNan(values.last())) {
        return true;
      }
      Object least = bounds.min() == null ? values.first() : values.ceiling(bounds.min());
      return least != null
          && (bounds.max() == null || ValueOrder.of(kind).compare(least, bounds.max()) <= 0);
    }
  }

  /** No value. */
  record Absent() implements ValueTest {
    @Override
    public boolean passes(Object value) {
      return value == null;
    }

    @Override
    public boolean mayPass(ColumnBounds bounds) {
      return !bounds.holdsNoNull();
    }
  }

  /** Some value. */
  record Present() implements ValueTest {
    @Override
    public boolean passes(Object value) {
      return value != null;
    }

    @Override
    public boolean mayPass(ColumnBounds bounds) {
      return !bounds.holdsNoValue();
    }
  }
}
