package dev.larder.transforms.vault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.vault.LateRows.Candidate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What is late depends on the order in which rows came, not on how they were cut into batches. */
class LateRowsPropertyTest {
  private static final String TABLE = "vault/sat_order";
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.required("order_hk", ColumnType.STRING),
          Column.required("hashdiff", ColumnType.STRING),
          Column.required("_seq", ColumnType.STRING));
  private static final LoadRule RULE =
      new LoadRule.InsertIfChanged(List.of("order_hk"), "_seq", List.of("hashdiff"));

  /** A satellite of one key, by order; loads as {@link LoadRule.InsertIfChanged} says. */
  private static final class Table {
    private final TreeMap<String, String> versions = new TreeMap<>();
    private final List<Long> late = new ArrayList<>();

    void load(List<Candidate> batch) {
      LateRows rows = new LateRows(RULE);
      versions.forEach((seq, says) -> rows.stored(SCHEMA, new Object[] {"k", says, seq}));
      batch.forEach(rows::came);
      TreeMap<String, String> loaded = new TreeMap<>();
      rows.judge(
          row -> loaded.put((String) row.values()[2], (String) row.values()[1]),
          (row, letter) -> late.add((Long) letter.values()[4]));
      loaded.forEach(
          (seq, says) -> {
            Map.Entry<String, String> before = versions.floorEntry(seq);
            if (before == null || !before.getValue().equals(says)) {
              versions.put(seq, says);
            }
          });
    }
  }

  private static Candidate candidate(int step, String says, int partition, long offset) {
    Sequence order = new Sequence(1, step, 0);
    TableRow row = TableRow.put(TABLE, SCHEMA, new Object[] {"k", says, order.text()}, order);
    DeadLetter letter =
        new DeadLetter(
            "pos",
            "orders",
            new LogPlace("t", partition, offset),
            DeadLetter.LATE,
            "late",
            null,
            null,
            0);
    return new Candidate(row, letter.row());
  }

  /** Changes of one key as a partition brings them: some out of order, some twice. */
  private static List<Candidate> arrivals(Random random) {
    List<Integer> steps = new ArrayList<>();
    List<String> says = new ArrayList<>();
    for (int step = 0; step < 12; step++) {
      steps.add(step);
      says.add(random.nextBoolean() ? "A" : "B");
    }
    if (random.nextBoolean()) {
      Collections.shuffle(steps.subList(random.nextInt(6), 12), random);
    }
    List<Candidate> arrivals = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      int repeated = random.nextInt(4) == 0 ? random.nextInt(i + 1) : i;
      arrivals.add(candidate(steps.get(repeated), says.get(steps.get(repeated)), 0, i));
    }
    return arrivals;
  }

  private static Table loaded(List<Candidate> arrivals, Random cuts) {
    Table table = new Table();
    for (int from = 0; from < arrivals.size(); ) {
      int to = Math.min(arrivals.size(), from + 1 + cuts.nextInt(5));
      List<Candidate> batch = new ArrayList<>(arrivals.subList(from, to));
      Collections.shuffle(batch, cuts);
      table.load(batch);
      from = to;
    }
    return table;
  }

  private static Table oneByOne(List<Candidate> arrivals) {
    Table table = new Table();
    arrivals.forEach(each -> table.load(List.of(each)));
    return table;
  }

  @Property(tries = 300)
  void batchesDoNotMatter(@ForAll long seed, @ForAll long cuts) {
    List<Candidate> arrivals = arrivals(new Random(seed));

    Table expected = oneByOne(arrivals);
    Table actual = loaded(arrivals, new Random(cuts));

    assertThat(actual.versions, is(expected.versions));
    assertThat(new TreeSet<>(actual.late), is(new TreeSet<>(expected.late)));
  }

  @Property(tries = 200)
  void inOrderNothingIsLateHoweverOftenItComesAgain(@ForAll long seed) {
    Random random = new Random(seed);
    List<Candidate> arrivals = new ArrayList<>();
    List<Candidate> repeated = new ArrayList<>();
    List<String> says = new ArrayList<>();
    for (int step = 0; step < 12; step++) {
      says.add(random.nextBoolean() ? "A" : "B");
      int partition = random.nextInt(2);
      arrivals.add(candidate(step, says.get(step), partition, 10 * step));
      repeated.add(arrivals.get(step));
      int again = random.nextInt(step + 1);
      repeated.add(candidate(again, says.get(again), partition, 10 * step + 1));
    }

    Table actual = loaded(repeated, random);

    assertThat(actual.late.isEmpty(), is(true));
    assertThat(actual.versions, is(oneByOne(arrivals).versions));
  }

  @Example
  void whatIsOlderThanAStoredVersionAndNewsIsLate() {
    Table table = new Table();

    table.load(List.of(candidate(1, "A", 0, 0), candidate(5, "B", 0, 1), candidate(3, "C", 0, 2)));

    assertThat(table.late, is(List.of(2L)));
    assertThat(List.copyOf(table.versions.values()), is(List.of("A", "B")));
  }

  @Example
  void ofTwoPartitionsTheLowerSequenceCameFirst() {
    Table table = new Table();

    table.load(List.of(candidate(5, "B", 1, 7), candidate(3, "C", 0, 900)));

    assertThat(table.late.isEmpty(), is(true));
  }
}
