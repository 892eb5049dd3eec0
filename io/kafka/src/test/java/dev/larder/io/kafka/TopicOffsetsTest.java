package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SourceException;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.Test;

public class TopicOffsetsTest {
  private static final TopicPartition ORDERS = new TopicPartition("pos.pos.orders", 0);
  private static final TopicPartition NEW = new TopicPartition("pos.pos.orders", 1);
  private static final String REMEDY =
      " Start `larder stream` again: it says which tables to snapshot anew and how to go on; and"
          + " keep the topic longer (retention.ms) than Larder may stand still.";

  @Test
  public void goesOnAtTheLedgersPositionAndBeginsNewPartitionsAtTheirStart() {
    TopicOffsets offsets =
        new TopicOffsets(Map.of(ORDERS, 3L, NEW, 0L), Map.of(ORDERS, 9L, NEW, 4L));

    assertThat(offsets.positions(Map.of(ORDERS, 5L)), is(Map.of(ORDERS, 5L, NEW, 0L)));
  }

  @Test
  public void stopsWhereRecordsAreGone() {
    TopicOffsets offsets = new TopicOffsets(Map.of(ORDERS, 30L), Map.of(ORDERS, 90L));

    SourceException error =
        assertThrows(SourceException.class, () -> offsets.positions(Map.of(ORDERS, 5L)));

    assertThat(
        error.getMessage(),
        is(
            "pos.pos.orders/0: the records from offset 5 to 29 were not read yet and are gone; the"
                + " earliest that is left is 30. They were deleted by the topic's retention, and"
                + " nothing is skipped silently."
                + REMEDY));
  }

  @Test
  public void stopsWhereTheTopicWasMadeAnew() {
    TopicOffsets offsets = new TopicOffsets(Map.of(ORDERS, 0L), Map.of(ORDERS, 2L));

    SourceException error =
        assertThrows(SourceException.class, () -> offsets.positions(Map.of(ORDERS, 5L)));

    assertThat(
        error.getMessage(),
        is(
            "pos.pos.orders/0: reading stands at offset 5, but the partition ends at 2. The topic"
                + " was deleted and made anew, or another cluster answers."
                + REMEDY));
  }
}
