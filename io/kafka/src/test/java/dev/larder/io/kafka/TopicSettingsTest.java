package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import java.util.Map;
import org.junit.Test;

public class TopicSettingsTest {

  @Test
  public void whatKafkaDoesByItselfIsWell() {
    assertThat(
        new TopicSettings(
                "t",
                Map.of(
                    "cleanup.policy", "delete",
                    "retention.ms", "604800000",
                    "retention.bytes", "-1",
                    "max.message.bytes", "1048588"))
            .findings(),
        empty());
    assertThat(new TopicSettings("t", Map.of("retention.ms", "-1")).findings(), empty());
  }

  @Test
  public void saysWhatLosesChangesAndHowToMendIt() {
    assertThat(
        new TopicSettings(
                "t",
                Map.of(
                    "cleanup.policy", "compact,delete",
                    "retention.ms", "3600000",
                    "retention.bytes", "1000",
                    "max.message.bytes", "65536"))
            .findings(),
        contains(
            "topic t is compacted: of a row that changes twice before it is read only the last"
                + " change is left. Run: kafka-configs.sh --alter --entity-type topics"
                + " --entity-name t --add-config cleanup.policy=delete",
            "topic t keeps records for PT1H only: so long Larder may stand still at the most. Run:"
                + " kafka-configs.sh --alter --entity-type topics --entity-name t --add-config"
                + " retention.ms=604800000",
            "topic t is cut at 1000 bytes, read or not. Run: kafka-configs.sh --alter"
                + " --entity-type topics --entity-name t --add-config retention.bytes=-1",
            "topic t refuses messages above 65536 bytes: a larger row stops its connector. Run:"
                + " kafka-configs.sh --alter --entity-type topics --entity-name t --add-config"
                + " max.message.bytes=10485760"));
  }
}
