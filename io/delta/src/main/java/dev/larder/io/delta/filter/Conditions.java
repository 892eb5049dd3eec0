package dev.larder.io.delta.filter;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes {@link Condition}s of {@link Filter}s. */
public final class Conditions {
  private final String table;
  private final RowSchema schema;

  private Conditions(String table, RowSchema schema) {
    this.table = table;
    this.schema = schema;
  }

  /**
   * @param table its place, for messages
   * @param schema of the rows; it must hold the filter's columns
   * @throws dev.larder.io.changes.UserException for a column that the schema lacks or a literal of
   *     another type than its column
   */
  public static Condition of(String table, RowSchema schema, Filter filter) {
    return new Conditions(table, schema).condition(filter, false);
  }

  /** The columns that a filter looks at, as it names them. */
  public static Set<String> columns(Filter filter) {
    Set<String> columns = new LinkedHashSet<>();
    addColumns(filter, columns);
    return columns;
  }

  private static void addColumns(Filter filter, Set<String> columns) {
    if (filter instanceof Filter.Comparison comparison) {
      columns.add(comparison.column());
    } else if (filter instanceof Filter.Between between) {
      columns.add(between.column());
    } else if (filter instanceof Filter.In in) {
      columns.add(in.column());
    } else if (filter instanceof Filter.Absent absent) {
      columns.add(absent.column());
    } else if (filter instanceof Filter.Not not) {
      addColumns(not.condition(), columns);
    } else if (filter instanceof Filter.And and) {
      and.conditions().forEach(each -> addColumns(each, columns));
    } else if (filter instanceof Filter.Or or) {
      or.conditions().forEach(each -> addColumns(each, columns));
    }
  }

  private Condition condition(Filter filter, boolean negated) {
    if (filter instanceof Filter.Not not) {
      return condition(not.condition(), !negated);
    } else if (filter instanceof Filter.And and) {
      return several(and.conditions(), !negated, negated);
    } else if (filter instanceof Filter.Or or) {
      return several(or.conditions(), negated, negated);
    } else if (filter instanceof Filter.Comparison comparison) {
      return comparison(comparison, negated);
    } else if (filter instanceof Filter.Between between) {
      return between(between, negated);
    } else if (filter instanceof Filter.In in) {
      return in(in, negated);
    } else if (filter instanceof Filter.Absent absent) {
      ValueTest test = negated ? new ValueTest.Present() : new ValueTest.Absent();
      return new Condition.OfColumn(path(absent.column()), test);
    }
    throw new IllegalStateException("no condition for " + filter.getClass());
  }

  /** By de Morgan's laws, which hold for unknown too. */
  private Condition several(List<Filter> filters, boolean every, boolean negated) {
    List<Condition> conditions = new ArrayList<>();
    for (Filter filter : filters) {
      Condition condition = condition(filter, negated);
      if (every && condition instanceof Condition.AllOf inner) {
        conditions.addAll(inner.conditions());
      } else if (!every && condition instanceof Condition.AnyOf inner) {
        conditions.addAll(inner.conditions());
      } else {
        conditions.add(condition);
      }
    }
    if (conditions.size() == 1) {
      return conditions.get(0);
    }
    return every ? new Condition.AllOf(conditions) : new Condition.AnyOf(conditions);
  }

  private Condition comparison(Filter.Comparison comparison, boolean negated) {
    FieldPath path = comparable(comparison.column(), List.of(comparison.value()));
    return new Condition.OfColumn(
        path,
        test(
            path.type().kind(),
            negated ? opposite(comparison.operator()) : comparison.operator(),
            comparison.value()));
  }

  private static Filter.Operator opposite(Filter.Operator operator) {
    return switch (operator) {
      case EQUAL -> Filter.Operator.NOT_EQUAL;
      case NOT_EQUAL -> Filter.Operator.EQUAL;
      case LESS -> Filter.Operator.AT_LEAST;
      case AT_MOST -> Filter.Operator.GREATER;
      case GREATER -> Filter.Operator.AT_MOST;
      case AT_LEAST -> Filter.Operator.LESS;
    };
  }

  private static ValueTest test(Kind kind, Filter.Operator operator, Object value) {
    return switch (operator) {
      case EQUAL -> ValueTest.OneOf.of(kind, List.of(value));
      case NOT_EQUAL -> new ValueTest.Other(kind, value);
      case LESS -> new ValueTest.Range(kind, null, false, value, true);
      case AT_MOST -> new ValueTest.Range(kind, null, false, value, false);
      case GREATER -> new ValueTest.Range(kind, value, true, null, false);
      case AT_LEAST -> new ValueTest.Range(kind, value, false, null, false);
    };
  }

  private Condition between(Filter.Between between, boolean negated) {
    FieldPath path = comparable(between.column(), List.of(between.min(), between.max()));
    Kind kind = path.type().kind();
    if (!negated) {
      return new Condition.OfColumn(
          path, new ValueTest.Range(kind, between.min(), false, between.max(), false));
    }
    return new Condition.AnyOf(
        List.of(
            new Condition.OfColumn(path, test(kind, Filter.Operator.LESS, between.min())),
            new Condition.OfColumn(path, test(kind, Filter.Operator.GREATER, between.max()))));
  }

  private Condition in(Filter.In in, boolean negated) {
    FieldPath path = comparable(in.column(), in.values());
    Kind kind = path.type().kind();
    if (!negated) {
      return new Condition.OfColumn(path, ValueTest.OneOf.of(kind, in.values()));
    }
    List<Condition> others = new ArrayList<>();
    in.values()
        .forEach(
            value -> others.add(new Condition.OfColumn(path, new ValueTest.Other(kind, value))));
    return new Condition.AllOf(others);
  }

  private FieldPath comparable(String column, List<?> literals) {
    FieldPath path = path(column);
    Class<?> wanted = ValueOrder.javaType(path.type().kind());
    if (wanted == null) {
      throw DeltaErrors.notComparable(table, column, path.type());
    }
    for (Object literal : literals) {
      if (!wanted.isInstance(literal)) {
        throw DeltaErrors.literalType(table, column, path.type(), wanted, literal.getClass());
      }
    }
    return path;
  }

  private FieldPath path(String column) {
    return FieldPath.find(schema, column)
        .orElseThrow(() -> DeltaErrors.noSuchColumn(table, column, schema.names()));
  }
}
