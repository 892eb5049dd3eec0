package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.merge.MergeRule.Incoming;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The order in which rows that came are looked at rests on nothing but the rows. */
class IncomingPropertyTest {

  /** Few values, so that many rows are equal in all but a nested one. */
  @Provide
  Arbitrary<List<Incoming>> rows() {
    Arbitrary<Object> numbers = Arbitraries.longs().between(0, 1).map(each -> (Object) each);
    Arbitrary<Object> structs =
        numbers.injectNull(0.3).array(Object[].class).ofSize(2).map(each -> (Object) each);
    Arbitrary<Object> nested =
        structs.injectNull(0.2).array(Object[].class).ofMaxSize(2).map(each -> (Object) each);
    return Combinators.combine(
            numbers,
            structs.injectNull(0.2),
            nested.injectNull(0.2),
            Arbitraries.longs().between(0, 1),
            Arbitraries.of(Change.class))
        .as(
            (number, struct, list, seq, change) ->
                new Incoming(new Object[] {number, struct, list}, Rows.seq(seq), change))
        .list()
        .ofMaxSize(12);
  }

  @Property
  void onlyEqualRowsAreEqualInOrder(@ForAll("rows") List<Incoming> rows) {
    for (Incoming left : rows) {
      for (Incoming right : rows) {
        boolean same =
            left.order().equals(right.order())
                && left.change() == right.change()
                && Values.sameRow(left.values(), right.values());
        int order = Incoming.inOrder().compare(left, right);

        assertThat(order == 0, is(same));
        assertThat(
            Integer.signum(Incoming.inOrder().compare(right, left)), is(-Integer.signum(order)));
      }
    }
  }

  @Property
  void theOrderOfArrivalDoesNotMatter(@ForAll("rows") List<Incoming> rows, @ForAll long seed) {
    List<Incoming> arrived = new ArrayList<>(rows);
    Collections.shuffle(arrived, new Random(seed));
    List<Incoming> sent = new ArrayList<>(rows);

    arrived.sort(Incoming.inOrder());
    sent.sort(Incoming.inOrder());

    assertThat(texts(arrived), is(texts(sent)));
  }

  private static List<String> texts(List<Incoming> rows) {
    return rows.stream()
        .map(row -> row.order() + " " + row.change() + " " + Rows.text(row.values()))
        .toList();
  }
}
