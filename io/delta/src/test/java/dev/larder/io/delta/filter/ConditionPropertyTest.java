package dev.larder.io.delta.filter;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.RowSchema;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ConditionPropertyTest {

  @Property
  void passesExactlyTheRowsThatSqlWouldPass(@ForAll long seed) {
    Random random = new Random(seed);
    RowSchema schema = RandomTables.schema(random);
    Filter filter = RandomTables.filter(random, schema, 3);
    Condition condition = Conditions.of("t", schema, filter);

    for (Object[] row : RandomTables.rows(random, schema, 20)) {
      assertThat(
          filter.toString(), condition.passes(row), is(KleeneLogic.isTrue(filter, schema, row)));
    }
  }

  @Property
  void neverDropsAGroupOfRowsThatHoldsOneThatPasses(@ForAll long seed) {
    Random random = new Random(seed);
    RowSchema schema = RandomTables.schema(random);
    List<Object[]> rows = RandomTables.rows(random, schema, 1 + random.nextInt(6));
    Condition condition = Conditions.of("t", schema, RandomTables.filter(random, schema, 3));

    boolean may = condition.mayPass(path -> bounds(path, rows, random));

    assertThat(may || rows.stream().noneMatch(condition::passes), is(true));
  }

  /** Tight, without NaN above; each part is left out now and then. */
  private static ColumnBounds bounds(FieldPath path, List<Object[]> rows, Random random) {
    List<Object> values = rows.stream().map(path::value).filter(value -> value != null).toList();
    List<Object> numbers = values.stream().filter(value -> !ValueOrder.isNan(value)).toList();
    long nulls = rows.size() - values.size();
    boolean ordered = ValueOrder.exists(path.type().kind());
    Comparator<Object> order = ValueOrder.of(path.type().kind());
    return new ColumnBounds(
        ordered && random.nextInt(4) > 0 ? numbers.stream().min(order).orElse(null) : null,
        ordered && random.nextInt(4) > 0 ? numbers.stream().max(order).orElse(null) : null,
        random.nextInt(4) > 0 ? nulls : ColumnBounds.NOT_KNOWN,
        random.nextInt(4) > 0 ? rows.size() : ColumnBounds.NOT_KNOWN);
  }
}
