package dev.larder.transforms.bronze;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.transforms.Chain;
import dev.larder.transforms.SourceFake;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.transforms.Create;
import org.junit.Rule;
import org.junit.Test;

public class BronzeRowsTest {
  static final TableSchema TABLE =
      Chain.schema(
          "pos.things",
          "id,part",
          "id int!, part string!, price decimal(10,2), doc json, at datetime, took time, flag"
              + " boolean");

  @Rule public final transient TestPipeline pipeline = TestPipeline.create();

  static SourceFake things(long seed) {
    return new SourceFake(
        TABLE,
        seed,
        20,
        3,
        (id, random) ->
            new Object[] {
              id,
              "p" + id,
              random.nextBoolean() ? null : new java.math.BigDecimal("1.50"),
              "{\"a\":1}",
              random.nextLong() >>> 20,
              -5L,
              random.nextBoolean()
            });
  }

  @Test
  public void tableIsAppendedToAndKnowsItsSourcesTypes() {
    TableSpec spec = BronzeRows.spec(TABLE);

    assertThat(spec.name(), is("bronze/pos/things"));
    assertThat(spec.rule(), is(new LoadRule.Append()));
    assertThat(
        spec.schema().names(),
        contains(
            "_op",
            "_committed_at",
            "_seq",
            "_origin",
            "_key",
            "_topic",
            "_partition",
            "_offset",
            "before",
            "after"));
    assertThat(spec.properties().get("larder.source.key"), is("id,part"));
    assertThat(spec.properties().get("larder.source.column.took"), is("time"));
    assertThat(spec.properties().get("larder.source.column.id"), is("int not null"));
    assertThat(BronzeRows.source(TABLE.id(), spec.schema(), spec.properties()), is(TABLE));
  }

  @Test
  public void rowSaysWhatHappenedAndWhere() {
    ChangeRecord change = things(1).logAfter(0).get(0);

    Object[] values = new BronzeRows().row(change).values();

    assertThat(values[0], is("c"));
    assertThat(values[2], is("00000001:000000000100:000000"));
    assertThat(values[3], is("log"));
    assertThat(values[4], is("id,part"));
    assertThat(values[5], is("topic"));
    assertThat(values[6], is(0L));
    assertThat(values[7], is(1L));
    assertThat(values[8], is(nullValue()));
    assertThat(values[9], is(change.after()));
  }

  @Test
  public void rowFromBeforeAColumnWasAddedHasItAsNull() {
    TableSchema early = Chain.schema("pos.things", "id", "id int!, gone string");
    TableSchema later = Chain.schema("pos.things", "id", "id int!, added decimal(5,1)");
    ChangeRecord change =
        ChangeRecord.read(early, new Object[] {1L, "x"}, 5, SourceFake.sequence(1));
    TableRow row = new BronzeRows().row(change);

    assertThat(
        BronzeRows.change(later, row.schema(), row.values()),
        is(ChangeRecord.read(later, new Object[] {1L, null}, 5, SourceFake.sequence(1))));
  }

  @Test
  public void columnAddedAfterCreationHasTheLakesType() {
    TableSpec early = BronzeRows.spec(Chain.schema("pos.things", "id", "id int!, doc json"));
    TableSpec later =
        BronzeRows.spec(Chain.schema("pos.things", "id", "id int, doc string, added date"));

    assertThat(
        BronzeRows.source(TABLE.id(), later.schema(), early.properties()),
        is(Chain.schema("pos.things", "id", "id int!, doc json, added date")));
  }

  @Test
  public void keepsEveryChangeOfEveryTable() {
    List<ChangeRecord> changes = new ArrayList<>(things(3).logAfter(0));
    changes.add(
        ChangeRecord.read(
            Chain.schema("erp.other", "", "a string"),
            new Object[] {"x"},
            1,
            SourceFake.sequence(1)));
    BronzeRows rows = new BronzeRows();

    PAssert.that(
            pipeline
                .apply(Create.of(changes).withCoder(ChangeRecordCoder.of()))
                .apply("Keep changes", KeepChanges.asRows()))
        .containsInAnyOrder(changes.stream().map(rows::row).toList());
    pipeline.run();
  }
}
