package dev.larder.transforms.model;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.ColumnChoice.AllExcept;
import dev.larder.transforms.model.ColumnChoice.Listed;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a source table comes into the lake.
 *
 * @param columns those that are read; the key's are read in any case
 * @param where an SQL condition of the source's database that rows of a snapshot meet, or null for
 *     all rows
 */
public record Reading(ColumnChoice columns, String where) implements Serializable {
  /** Everything. */
  static final Reading ALL = new Reading(new AllExcept(List.of()), null);

  static Reading read(Element element) {
    if (element == null) {
      return ALL;
    }
    Map<String, Element> entries = element.map(TableGrammar.READ);
    ColumnChoice columns = ALL.columns();
    if (entries.containsKey("columns")) {
      columns = Columns.read(entries.get("columns"));
      if (columns instanceof Listed listed
          && listed.columns().stream().anyMatch(Reading::renames)) {
        entries
            .get("columns")
            .report(
                ModelErrors.expected(
                    "columns under their own names: [COLUMN, ...] or {except: [COLUMN, ...]}",
                    "{NAME: COLUMN}"));
      }
    }
    return new Reading(columns, Names.text(entries, "where", "an SQL condition", null));
  }

  private static boolean renames(ColumnChoice.Taken taken) {
    return !taken.name().equals(taken.column());
  }

  /** The condition for a snapshot's rows. */
  public Optional<String> condition() {
    return Optional.ofNullable(where);
  }

  /** The schema with the columns that are read, in the table's order. */
  TableSchema of(TableSchema table) {
    List<Column> read =
        table.columns().columns().stream()
            .filter(column -> isRead(column.name()) || table.key().contains(column.name()))
            .toList();
    return read.size() == table.columns().size()
        ? table
        : new TableSchema(table.id(), RowSchema.of(read), table.key());
  }

  private boolean isRead(String column) {
    return columns instanceof Listed listed
        ? listed.columns().stream().anyMatch(taken -> taken.column().equals(column))
        : !((AllExcept) columns).columns().contains(column);
  }
}
