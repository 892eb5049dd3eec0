package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableChangesCoder;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableSchema;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * Turns rows of bronze back into the changes they keep: the inverse of {@link KeepChanges}.
 *
 * <p><b>Input / Output</b>: rows of the bronze tables of the given source tables, with at least the
 * columns of {@link BronzeRows}, bounded or not; windows are kept.
 *
 * <p><b>Cost</b>: no shuffle.
 */
public final class ReadChanges
    extends PTransform<PCollection<TableRow>, PCollection<ChangeRecord>> {
  private static final long serialVersionUID = 1L;

  private final HashMap<String, TableSchema> tables;

  private ReadChanges(HashMap<String, TableSchema> tables) {
    this.tables = tables;
  }

  /**
   * @param tables the source tables as they are to be read; columns that a row lacks are null
   */
  public static ReadChanges of(Collection<TableSchema> tables) {
    HashMap<String, TableSchema> byBronze = new HashMap<>();
    tables.forEach(table -> byBronze.put(BronzeRows.table(table.id()), table));
    return new ReadChanges(byBronze);
  }

  /** The same for groups of rows: the changes are read where they are used. */
  public PTransform<PCollection<TableRows>, PCollection<TableChanges>> groups() {
    return new Groups(tables);
  }

  private static final class Groups
      extends PTransform<PCollection<TableRows>, PCollection<TableChanges>> {
    private static final long serialVersionUID = 1L;

    private final HashMap<String, TableSchema> tables;

    Groups(HashMap<String, TableSchema> tables) {
      this.tables = tables;
    }

    @Override
    public PCollection<TableChanges> expand(PCollection<TableRows> groups) {
      HashMap<String, TableSchema> byBronze = tables;
      return groups
          .apply(
              "Read rows as changes",
              MapElements.into(TypeDescriptor.of(TableChanges.class))
                  .via(rows -> new StoredChanges(source(byBronze, rows.table()), rows)))
          .setCoder(TableChangesCoder.of());
    }
  }

  private static TableSchema source(Map<String, TableSchema> tables, String bronze) {
    TableSchema table = tables.get(bronze);
    if (table == null) {
      throw new IllegalArgumentException("a row of " + bronze + ", which is not read");
    }
    return table;
  }

  @Override
  public PCollection<ChangeRecord> expand(PCollection<TableRow> rows) {
    return rows.apply("Read rows as changes", ParDo.of(new ChangeFn(tables)))
        .setCoder(ChangeRecordCoder.of());
  }

  static final class ChangeFn extends DoFn<TableRow, ChangeRecord> {
    private static final long serialVersionUID = 1L;
    private final Map<String, TableSchema> tables;
    private transient Map<String, BronzeChanges> bronze;

    ChangeFn(HashMap<String, TableSchema> tables) {
      this.tables = tables;
    }

    @Setup
    public void setup() {
      bronze = new HashMap<>();
    }

    @ProcessElement
    public void process(@Element TableRow row, OutputReceiver<ChangeRecord> out) {
      BronzeChanges changes = bronze.get(row.table());
      if (changes == null || !changes.row().equals(row.schema())) {
        changes = changes(row);
        bronze.put(row.table(), changes);
      }
      out.output(changes.change(row.values()));
    }

    private BronzeChanges changes(TableRow row) {
      return new BronzeChanges(source(tables, row.table()), row.schema());
    }
  }
}
