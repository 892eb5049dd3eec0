package dev.larder.io.kafka;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Arrival;
import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.DeadLetter;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.kafka.debezium.DebeziumFormat;
import dev.larder.io.kafka.debezium.DebeziumModes;
import dev.larder.io.kafka.debezium.LogSource;
import dev.larder.io.kafka.debezium.SourceCatalog;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.Rule;
import org.junit.Test;

public class DecodeChangesTest {
  private static final String TOPIC = "pos.pos.products";
  private static final TableSchema PRODUCTS =
      new TableSchema(
          new TableId("pos", "products"),
          RowSchema.of(
              Column.required("product_id", ColumnType.INT),
              Column.required("price", ColumnType.decimal(10, 2))),
          List.of("product_id"));
  private static final DebeziumFormat FORMAT =
      new DebeziumFormat(
          List.of(new LogSource("pos", "pos", "pos")),
          SourceCatalog.of(List.of(PRODUCTS)),
          DebeziumModes.larder());
  private static final String CREATE = event("\"product_id\":7,\"price\":\"12.50\"");
  private static final String NEW_COLUMN = event("\"product_id\":7,\"colour\":\"red\"");

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  @Test
  public void decodesChangesSkipsTombstonesAndSendsTheRestToDeadLetters() {
    PCollectionTuple decoded =
        decode(
            DecodeChanges.of(FORMAT)
                .withOnOutdatedCatalog(DecodeChanges.OnOutdatedCatalog.DEAD_LETTER),
            record(0, CREATE),
            record(1, null),
            record(2, "{oops"),
            record(3, NEW_COLUMN));

    PAssert.that(decoded.get(DecodeChanges.CHANGES))
        .containsInAnyOrder(
            new ChangeRecord(
                PRODUCTS,
                Operation.CREATE,
                null,
                new Object[] {7L, new BigDecimal("12.50")},
                1_700_000_000_123_456L,
                new Sequence(3, 42, 3),
                Origin.LOG,
                new LogPlace(TOPIC, 0, 0)));
    PAssert.that(decoded.get(DecodeChanges.DEAD_LETTERS))
        .satisfies(
            letters -> {
              for (DeadLetter letter : letters) {
                assertThat(letter.source(), is("pos"));
                assertThat(letter.step(), is("decode"));
                assertThat(letter.occurredAt(), is(1_700_000_000_500_000L));
                boolean broken = letter.place().offset() == 2;
                assertThat(
                    new String(letter.value(), StandardCharsets.UTF_8),
                    is(broken ? "{oops" : NEW_COLUMN));
                assertThat(
                    letter.reason(),
                    is(
                        broken
                            ? "The value is not a JSON document: it breaks at byte 2. Larder reads"
                                + " what Kafka Connect's JsonConverter writes; look at the"
                                + " connector's value.converter and at who else writes to the"
                                + " topic."
                            : "The event of pos.products has a column \"colour\" that the catalogue"
                                + " does not have. Read the catalogue again; if the column was"
                                + " dropped or renamed since, it must be given by hand."));
              }
              return null;
            });
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(counter(result, MetricNames.CHANGES_DECODED), is(1L));
    assertThat(counter(result, MetricNames.RECORDS_IGNORED), is(1L));
    assertThat(counter(result, MetricNames.RECORDS_DEAD_LETTERED), is(2L));
  }

  @Test
  public void givesChangesAndDeadLettersInOneCollection() {
    PCollection<Arrival> arrived =
        pipeline
            .apply(
                Create.of(List.of(record(0, CREATE), record(1, null), record(2, "{oops")))
                    .withCoder(KafkaRanges.recordCoder()))
            .apply(DecodeChanges.of(FORMAT).together());

    PAssert.that(
            arrived.apply(
                MapElements.into(TypeDescriptors.strings())
                    .via(
                        each ->
                            each.letter() == null
                                ? "change at " + each.change().place()
                                : "letter at " + each.letter().place())))
        .containsInAnyOrder("change at " + TOPIC + "/0@0", "letter at " + TOPIC + "/0@2");
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    assertThat(counter(result, MetricNames.CHANGES_DECODED), is(1L));
    assertThat(counter(result, MetricNames.RECORDS_DEAD_LETTERED), is(1L));
  }

  @Test
  public void failsOnAnOutdatedCatalogueUnlessToldOtherwise() {
    decode(DecodeChanges.of(FORMAT), record(3, NEW_COLUMN));

    Exception failure = assertThrows(Exception.class, () -> pipeline.run().waitUntilFinish());

    assertThat(CatalogOutdatedException.isCauseOf(failure), is(true));
    assertThat(failure.getMessage(), containsString("pos.pos.products/0@3: The event of"));
    assertThat(CatalogOutdatedException.isCauseOf(new IllegalStateException("x")), is(false));
    assertThat(
        CatalogOutdatedException.isCauseOf(
            new RuntimeException("task lost: " + failure.getCause())),
        is(true));
  }

  @SafeVarargs
  private PCollectionTuple decode(DecodeChanges transform, KafkaRecord<byte[], byte[]>... records) {
    return pipeline
        .apply("Records", Create.of(List.of(records)).withCoder(KafkaRanges.recordCoder()))
        .apply("Decode", transform);
  }

  private static String event(String row) {
    return "{\"before\":null,\"after\":{"
        + row
        + "},\"source\":{\"name\":\"pos\",\"db\":\"pos\",\"table\":\"products\","
        + "\"ts_us\":1700000000123456,\"file\":\"binlog.000003\",\"pos\":42,\"row\":1},"
        + "\"op\":\"c\",\"ts_ms\":1700000000200}";
  }

  private static KafkaRecord<byte[], byte[]> record(long offset, String value) {
    return new KafkaRecord<>(
        TOPIC,
        0,
        offset,
        1_700_000_000_500L,
        KafkaTimestampType.CREATE_TIME,
        null,
        "{\"product_id\":7}".getBytes(StandardCharsets.UTF_8),
        value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  private static long counter(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.named(DecodeChanges.class, name))
                .build())
        .getCounters()
        .iterator()
        .next()
        .getCommitted();
  }
}
