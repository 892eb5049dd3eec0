package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.Test;

public class StartingPositionTest {
  private static final TopicPartition A0 = new TopicPartition("a", 0);
  private static final TopicPartition A1 = new TopicPartition("a", 1);
  private static final TopicPartition B0 = new TopicPartition("b", 0);
  private static final TopicOffsets NOW =
      new TopicOffsets(Map.of(A0, 5L, A1, 0L, B0, 0L), Map.of(A0, 9L, A1, 7L, B0, 3L));

  @Test
  public void beginsWhereItIsTold() {
    assertThat(start("earliest"), is(Map.of(A0, 5L, A1, 0L)));
    assertThat(start("latest"), is(Map.of(A0, 9L, A1, 7L)));
    assertThat(start("{\"a\": {\"0\": 6, \"1\": -1}}"), is(Map.of(A0, 6L, A1, 7L)));
    assertThat(start("{\"a\": {\"0\": -2}}"), is(Map.of(A0, 5L, A1, 0L)));
    assertThat(start("timestamp:2026-11-21T10:00:00Z"), is(Map.of(A0, 7L, A1, 7L)));
  }

  @Test
  public void refusesOffsetsThatAreNotThere() {
    UserException error = assertThrows(UserException.class, () -> start("{\"a\": {\"0\": 4}}"));

    assertThat(
        error.getMessage(),
        is(
            "--startingPosition: a/0 has no offset 4; it holds offsets 5 to 8. Give one of them, -2"
                + " for the earliest or -1 for the end."));
  }

  @Test
  public void theLedgerMustKnowIfThatIsAskedFor() {
    SourceException error = assertThrows(SourceException.class, () -> start("ledger"));

    assertThat(
        error.getMessage(),
        is(
            "The ledger has no position for a, and --startingPosition=ledger says that it must."
                + " Check --lake; or say where to begin: --startingPosition=earliest."));
    assertThat(StartingPosition.parse("ledger").of(Set.of(), NOW, (t, p) -> p), is(Map.of()));
  }

  @Test
  public void saysWhatItDoesNotUnderstand() {
    for (String text :
        Set.of("first", "timestamp:now", "{\"a\": {\"x\": 1}}", "{", "{\"a\":{\"0\":-3}}")) {
      UserException error =
          assertThrows(text, UserException.class, () -> StartingPosition.parse(text));
      assertThat(error.getMessage().startsWith("--startingPosition=" + text + ": "), is(true));
    }
  }

  private static Map<TopicPartition, Long> start(String text) {
    StartingPosition start = StartingPosition.parse(text);
    return start.of(
        Set.of("a"),
        NOW,
        (time, partitions) -> {
          assertThat(time, is(Instant.parse("2026-11-21T10:00:00Z")));
          return Map.of(A0, 7L, A1, 7L);
        });
  }
}
