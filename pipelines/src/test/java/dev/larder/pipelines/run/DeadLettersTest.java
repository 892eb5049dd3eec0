package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.delta.DeltaTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Which letters are left, as the tables of a lake say it. */
public class DeadLettersTest {
  private static final Letter FIRST = new Letter(new LogPlace("t", 0, 1), "decode");
  private static final Letter SECOND = new Letter(new LogPlace("t", 0, 2), "decode");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private String lake;
  private DeadLetters letters;

  @Before
  public void begin() {
    lake = folder.getRoot().toString();
    letters = new DeadLetters(lake);
  }

  private void write(Letter... all) {
    List<Object[]> rows = new ArrayList<>();
    for (Letter letter : all) {
      rows.add(
          new DeadLetter("pos", null, letter.place(), letter.step(), "why", null, new byte[] {7}, 5)
              .row()
              .values());
    }
    DeltaTable.of(lake, DeadLetter.TABLE).append(DeadLetter.SCHEMA, rows.iterator());
  }

  @Test
  public void aLakeWithoutLettersHasNone() {
    assertThat(letters.left(), is(anEmptyMap()));
    assertThat(letters.ofSnapshots(), is(0L));
  }

  @Test
  public void onlyWhatWasReplayedIsNotLeft() {
    write(FIRST, SECOND, new Letter(null, "hash"));

    letters.keep(1, Set.of(FIRST, SECOND), Map.of(SECOND, "still broken"));

    assertThat(letters.left(), is(Map.of(SECOND, 1)));
    assertThat(letters.ofSnapshots(), is(1L));
    assertThat(letters.bytes(Set.of(SECOND)).get(SECOND).value(), is(new byte[] {7}));
  }

  @Test
  public void aLetterThatIsWrittenAgainIsOneLetterWrittenTwice() {
    write(FIRST, SECOND);
    write(FIRST);

    assertThat(letters.left(), is(Map.of(FIRST, 2, SECOND, 1)));
  }

  @Test
  public void anotherStepOfTheSameRecordIsAnotherLetter() {
    Letter refused = new Letter(FIRST.place(), "hash");
    write(FIRST);
    letters.keep(1, Set.of(FIRST), Map.of());
    write(refused);

    assertThat(letters.left(), is(Map.of(refused, 1)));
  }

  /** A replay that is run again after a kill says the same once. */
  @Test
  public void outcomesOfAReplayAreKeptOnce() {
    write(FIRST);
    letters.keep(1, Set.of(FIRST), Map.of(FIRST, "broken"));

    letters.keep(1, Set.of(FIRST), Map.of());

    assertThat(letters.left(), is(Map.of(FIRST, 1)));
    assertThat(DeltaTable.of(lake, DeadLetter.OUTCOMES).latest().rowCount().getAsLong(), is(1L));
  }
}
