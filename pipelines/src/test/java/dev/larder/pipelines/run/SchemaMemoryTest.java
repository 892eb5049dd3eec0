package dev.larder.pipelines.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.delta.DeltaTables;
import dev.larder.io.kafka.debezium.SourceCatalog;
import dev.larder.transforms.bronze.BronzeRows;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class SchemaMemoryTest {
  private static final TableId UNITS = new TableId("pos", "units");
  private static final VaultModel MODEL =
      VaultModelReader.read(
          "vault.yaml",
          """
          vault: test
          sources:
            pos: {database: shop, record_source: POS}
          hubs:
            unit: {key: code}
          tables:
            pos.units:
              unit: code
              satellites: {unit_pos: {of: unit, columns: [name]}}
          """);

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private static TableSchema units(String... more) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.required("code", ColumnType.STRING));
    columns.add(Column.nullable("name", ColumnType.STRING));
    for (String name : more) {
      columns.add(Column.nullable(name, ColumnType.INT));
    }
    return new TableSchema(UNITS, RowSchema.of(columns), List.of("code"));
  }

  @Test
  public void columnsThatAreNotReadStaySoWhenTheTableIsAltered() {
    String lake = folder.getRoot().toString();
    DeltaTables.create(lake, List.of(BronzeRows.spec(units())));
    SourceCatalog now =
        SourceCatalog.of(List.of(units("seats"))).withoutColumns(UNITS, List.of("photo"));

    SourceCatalog merged = new SchemaMemory(lake, MODEL).merged(now);

    assertThat(merged.find(UNITS).columns().names(), is(List.of("code", "name", "seats")));
    assertThat(merged.leftOut(UNITS), is(Set.of("photo")));
  }
}
