package dev.larder.transforms.vault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayContaining;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/** Structures as somebody uses them who names columns otherwise than a model does. */
public class VaultStructureTest {
  private static final Column KEY = Column.required("CUSTOMER_PK", ColumnType.STRING);
  private static final Stamps STAMPS =
      new Stamps(
          List.of(
              Column.required("LOAD_DATE", ColumnType.DATE),
              Column.required("SOURCE", ColumnType.STRING)),
          "LOAD_DATE");

  @Test
  public void rowsAreMadeByTheNamesOfTheirColumns() {
    VaultStructure satellite =
        new Satellites.Satellite(
            KEY,
            Column.required("HASHDIFF", ColumnType.STRING),
            List.of(
                Column.nullable("NAME", ColumnType.STRING),
                Column.nullable("PHONE", ColumnType.STRING)),
            STAMPS,
            Satellites.Deletes.NOTHING);
    TableSpec spec = satellite.spec("vault/sat_customer", 1, Map.of());
    RowSchema staged =
        RowSchema.of(
            Column.nullable("SOURCE", ColumnType.STRING),
            Column.nullable("NAME", ColumnType.STRING),
            Column.nullable("UNUSED", ColumnType.STRING),
            Column.nullable("CUSTOMER_PK", ColumnType.STRING),
            Column.nullable("LOAD_DATE", ColumnType.DATE),
            Column.nullable("HASHDIFF", ColumnType.STRING));
    RowsOf rows = RowsOf.of(satellite, spec.name(), staged);

    TableRow row =
        rows.put(new Object[] {"*", "Alice", "x", "A1", 19_782, "D1"}, Sequence.BEGINNING)
            .orElseThrow();

    assertThat(
        spec.rule(),
        is(new LoadRule.InsertIfChanged(List.of("CUSTOMER_PK"), "LOAD_DATE", List.of("HASHDIFF"))));
    assertThat(row.table(), is("vault/sat_customer"));
    assertThat(
        row.schema().names(),
        is(List.of("CUSTOMER_PK", "HASHDIFF", "LOAD_DATE", "SOURCE", "NAME")));
    assertThat(row.values(), arrayContaining("A1", "D1", 19_782, "*", "Alice"));
    assertThat(
        "a row without its key is not loaded",
        rows.put(new Object[] {"*", "Alice", "x", null, 19_782, "D1"}, Sequence.BEGINNING),
        is(Optional.empty()));
  }

  @Test
  public void aRelationWithoutOneOfItsKeysIsNotLoaded() {
    Satellites.Effectivity.Period period =
        new Satellites.Effectivity.Period(
            Column.required("START_DATE", ColumnType.DATETIME),
            Column.required("END_DATE", ColumnType.DATETIME),
            253_402_214_400_000_000L);
    VaultStructure effectivity =
        new Satellites.Effectivity(
            KEY,
            List.of(Column.required("ORDER_FK", ColumnType.STRING)),
            List.of(Column.required("UNIT_FK", ColumnType.STRING)),
            period,
            STAMPS,
            LoadRule.Others.CLOSE);
    RowSchema staged = RowSchema.of(effectivity.columns());
    RowsOf rows = RowsOf.of(effectivity, "vault/eff", staged);

    assertThat(
        rows.put(new Object[] {"k", "o", "u", 1L, null, 1, "*"}, Sequence.BEGINNING).isPresent(),
        is(true));
    assertThat(
        rows.put(new Object[] {"k", "o", null, 1L, null, 1, "*"}, Sequence.BEGINNING),
        is(Optional.empty()));
    assertThat(
        rows.delete(new Object[] {"k", null, "u", 1L, null, 1, "*"}, Sequence.BEGINNING),
        is(Optional.empty()));
  }

  @Test
  public void aTransactionIsAddedOrDeduplicatedOrCounted() {
    Structures.Link link =
        new Structures.Link(
            KEY, List.of(Column.required("ORDER_FK", ColumnType.STRING)), List.of(), STAMPS);
    List<Column> payload = List.of(Column.nullable("AMOUNT", ColumnType.INT));

    assertThat(
        new Structures.Transaction(link, payload, Structures.Events.APPENDED).rule(),
        is(new LoadRule.Append()));
    assertThat(
        new Structures.Transaction(link, payload, Structures.Events.FIRST).rule(),
        is(new LoadRule.InsertIfAbsent(List.of("CUSTOMER_PK"))));
    assertThat(
        new Structures.Transaction(link, payload, Structures.Events.COUNTED).rule(),
        is(
            new LoadRule.Countered(
                List.of("CUSTOMER_PK"),
                List.of("AMOUNT"),
                "LOAD_DATE",
                "counter",
                List.of("SOURCE"))));
  }

  @Test
  public void theOrderIsOneOfTheStamps() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> new Stamps(STAMPS.columns(), "APPLIED"));

    assertThat(
        thrown.getMessage(),
        is("no column APPLIED in [LOAD_DATE date not null, SOURCE string not null]"));
  }
}
