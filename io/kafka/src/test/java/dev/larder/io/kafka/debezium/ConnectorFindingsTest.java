package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import dev.larder.io.kafka.connect.DebeziumConnector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class ConnectorFindingsTest {

  @Test
  public void theConnectorThatLarderRendersLosesNothing() {
    assertThat(
        ConnectorFindings.of(DebeziumConnector.of("pos", "db", 3306, "pos", "kafka:9092").config()),
        empty());
  }

  @Test
  public void defaultsLoseTruncatesAndTakeTheSlowWay() {
    assertThat(
        ConnectorFindings.of(Map.of()),
        contains(
            "skipped.operations=t leaves changes out (Debezium's default). Set it to none.",
            "snapshot.mode=initial reads whole tables on one connection, rounds FLOAT to 6 digits"
                + " and reads the YEAR 0000 as 2000. Larder's snapshot does not: set it to recovery"
                + " or no_data."));
  }

  @Test
  public void modesThatLoseValuesAreNamedWithWhatTheyLose() {
    assertThat(
        with("decimal.handling.mode", "double"),
        contains(
            "decimal.handling.mode=double rounds DECIMAL to 15 digits. Set it to string or"
                + " precise."));
    assertThat(
        with("time.precision.mode", "connect"),
        contains(
            "time.precision.mode=connect cuts times to milliseconds. Set it to microseconds."));
    assertThat(
        with("time.precision.mode", "isostring"),
        contains(
            "time.precision.mode=isostring turns a TIME below zero or from 24 hours on into NULL."
                + " Set it to microseconds."));
    assertThat(
        with("time.precision.mode", "nanoseconds"),
        contains(
            "time.precision.mode=nanoseconds has no number for a DATETIME before 1677 or after"
                + " 2262. Set it to microseconds."));
  }

  @Test
  public void modesThatKeepValuesAreNotFound() {
    for (List<String> setting :
        List.of(
            List.of("decimal.handling.mode", "precise"),
            List.of("decimal.handling.mode", "string"),
            List.of("bigint.unsigned.handling.mode", "long"),
            List.of("bigint.unsigned.handling.mode", "precise"),
            List.of("binary.handling.mode", "bytes"),
            List.of("binary.handling.mode", "hex"),
            List.of("time.precision.mode", "adaptive"),
            List.of("time.precision.mode", "adaptive_time_microseconds"),
            List.of("time.precision.mode", "microseconds"))) {
      assertThat(setting.toString(), with(setting.get(0), setting.get(1)), empty());
    }
  }

  @Test
  public void whatLosesColumnsEventsOrTheEnvelopeIsFound() {
    assertThat(
        with("column.mask.hash.SHA-256.with.salt.x", "pos.customers.name"),
        contains(
            "column.mask.hash.SHA-256.with.salt.x changes values at the source, so that the log and"
                + " the tables disagree. Leave it out; the model masks columns (`mask`)."));
    assertThat(
        with("event.processing.failure.handling.mode", "warn"),
        contains(
            "event.processing.failure.handling.mode=warn leaves events out that Debezium cannot"
                + " read. Set it to fail."));
    assertThat(
        with("errors.tolerance", "all"),
        contains(
            "errors.tolerance=all leaves events out that a converter cannot write. Set it to"
                + " none."));
    assertThat(
        with(
            "transforms",
            "flat",
            "transforms.flat.type",
            "io.debezium.transforms.ExtractNewRecordState"),
        contains(
            "transforms.flat (ExtractNewRecordState) takes the envelope away: before images,"
                + " operations and the place in the log are lost. Take it out."));
    assertThat(
        with(
            "transforms",
            "route",
            "transforms.route.type",
            "io.debezium.transforms.ByLogicalTableRouter"),
        empty());
  }

  private static List<String> with(String... settings) {
    Map<String, String> config =
        new LinkedHashMap<>(DebeziumConnector.of("pos", "db", 3306, "pos", "kafka:9092").config());
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    return ConnectorFindings.of(config);
  }
}
