package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.Test;

public class PassedSnapshotsTest {
  private static final TopicPartition ORDERS = new TopicPartition("pos.pos.orders", 0);
  private static final TopicPartition PRODUCTS = new TopicPartition("pos.pos.products", 0);

  private final PassedSnapshots passed = new PassedSnapshots();

  @Test
  public void aSnapshotIsReadWhenEveryTopicIsReadToItsEnd() {
    passed.add(1, Map.of(ORDERS, 500L, PRODUCTS, 3L));

    assertThat(passed.isRead(1, Map.of(PRODUCTS, 3L)), is(false));
    assertThat(passed.isRead(1, Map.of(ORDERS, 499L, PRODUCTS, 3L)), is(false));
    assertThat(passed.isRead(1, Map.of(ORDERS, 500L, PRODUCTS, 7L)), is(true));
  }

  @Test
  public void anEmptyTopicNeedsNoPosition() {
    passed.add(1, Map.of(ORDERS, 0L));

    assertThat(passed.isRead(1, Map.of()), is(true));
  }

  @Test
  public void theStreamMustReadWhatIsWaitedFor() {
    passed.add(1, Map.of(ORDERS, 500L, PRODUCTS, 3L));

    assertThat(
        passed.extend(Map.of(ORDERS, 20L, PRODUCTS, 9L)), is(Map.of(ORDERS, 500L, PRODUCTS, 9L)));
    passed.remove(1);
    assertThat(passed.extend(Map.of(ORDERS, 20L)), is(Map.of(ORDERS, 20L)));
  }
}
