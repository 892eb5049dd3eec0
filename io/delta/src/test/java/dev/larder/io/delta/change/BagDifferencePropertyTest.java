package dev.larder.io.delta.change;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.larder.io.delta.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BagDifferencePropertyTest {

  private static List<Object[]> rows(Random random) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = random.nextInt(12); i > 0; i--) {
      rows.add(
          new Object[] {
            random.nextInt(6) == 0 ? null : (long) random.nextInt(4),
            new byte[] {(byte) random.nextInt(2)},
            random.nextInt(3) == 0 ? null : "v" + random.nextInt(2)
          });
    }
    return rows;
  }

  private static List<RowChange> changes(List<Object[]> before, List<Object[]> after, int... key) {
    BagDifference bags = new BagDifference(key);
    after.forEach(bags::add);
    before.forEach(bags::remove);
    return bags.changes();
  }

  @Property
  void changesLeadFromTheOneBagToTheOther(@ForAll long seed) {
    Random random = new Random(seed);
    List<Object[]> before = rows(random);
    List<Object[]> after = rows(random);

    List<RowChange> changes =
        changes(before, after, random.nextBoolean() ? new int[] {0} : new int[0]);

    List<String> bag = new ArrayList<>(Rows.texts(before));
    for (RowChange change : changes) {
      if (change.type().isRemoval()) {
        assertThat(bag.remove(Rows.text(change.row())), is(true));
      }
    }
    changes.stream()
        .filter(change -> !change.type().isRemoval())
        .forEach(change -> bag.add(Rows.text(change.row())));
    bag.sort(null);
    assertThat(bag, is(Rows.texts(after)));
  }

  @Property
  void aRowIsNotBothTakenAwayAndAdded(@ForAll long seed) {
    Random random = new Random(seed);

    List<RowChange> changes = changes(rows(random), rows(random), 0);

    List<String> removed = texts(changes, true);
    removed.retainAll(texts(changes, false));
    assertThat(removed, is(empty()));
  }

  @Property
  void ofAKeyThatIsOnBothSidesNothingIsLeftForDeleteOrInsert(@ForAll long seed) {
    Random random = new Random(seed);

    List<RowChange> changes = changes(rows(random), rows(random), 0);

    List<Object> deleted = keys(changes, ChangeType.DELETE);
    deleted.retainAll(keys(changes, ChangeType.INSERT));
    assertThat(deleted, is(empty()));
    assertThat(
        keys(changes, ChangeType.UPDATE_PREIMAGE), is(keys(changes, ChangeType.UPDATE_POSTIMAGE)));
  }

  private static List<String> texts(List<RowChange> changes, boolean removal) {
    List<String> texts = new ArrayList<>();
    changes.stream()
        .filter(change -> change.type().isRemoval() == removal)
        .forEach(change -> texts.add(Rows.text(change.row())));
    return texts;
  }

  private static List<Object> keys(List<RowChange> changes, ChangeType type) {
    List<Object> keys = new ArrayList<>();
    changes.stream()
        .filter(change -> change.type() == type)
        .forEach(change -> keys.add(change.row()[0]));
    return keys;
  }

  @Example
  void imagesOfOneKeyThatAreMostAlikeBelongTogether() {
    List<RowChange> changes =
        changes(
            List.of(new Object[] {1L, "a", 1L, "x"}, new Object[] {1L, "b", 2L, "y"}),
            List.of(new Object[] {1L, "b", 2L, "z"}, new Object[] {1L, "a", 1L, "z"}),
            0);

    assertThat(
        changes.stream().map(change -> change.type().text() + Rows.text(change.row())).toList(),
        contains(
            "update_preimage[1, b, 2, y]",
            "update_postimage[1, b, 2, z]",
            "update_preimage[1, a, 1, x]",
            "update_postimage[1, a, 1, z]"));
  }

  @Example
  void withoutAKeyThereAreNoUpdates() {
    List<RowChange> changes =
        changes(List.<Object[]>of(new Object[] {1L}), List.<Object[]>of(new Object[] {2L}));

    assertThat(
        changes.stream().map(RowChange::type).toList(), not(contains(ChangeType.UPDATE_PREIMAGE)));
    assertThat(changes.size(), is(2));
  }
}
