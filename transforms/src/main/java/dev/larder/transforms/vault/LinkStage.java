package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.KeyExpression;
import dev.larder.transforms.model.LinkColumns;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.RowKeys.Parent;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the row of one link, with its payload if it is a transaction; where corrections are
 * counted, also the row that takes an event back, or all of them.
 */
final class LinkStage implements RowStage {
  private final String table;
  private final Parent link;
  private final int[] hubs;
  private final boolean isCounted;

  /** Said of a TRUNCATE that cannot be counted; null if it can. */
  private final String uncountable;

  /** Source columns of child keys that keep their type; -1 where the text is stored. */
  private final int[] childColumns;

  private final RowShape shape;
  private final RowSchema withoutKeys;

  /**
   * @param hubs places of the link's hubs in the keys
   */
  LinkStage(
      VaultTables tables,
      VaultTable target,
      SourceTable source,
      Parent link,
      int[] hubs,
      RowSchema columns) {
    LinkMapping mapping = source.links().get(link.position());
    this.table = target.name();
    this.link = link;
    this.hubs = hubs;
    this.isCounted = target.spec().rule() instanceof LoadRule.Countered;
    this.uncountable = uncountable(tables.model(), source.id(), mapping.link());
    this.childColumns = new int[mapping.child().size()];
    int ends = 1 + hubs.length + childColumns.length + Stamp.SIZE;
    List<Column> first = new ArrayList<>(target.spec().schema().columns().subList(0, ends));
    for (int i = 0; i < childColumns.length; i++) {
      int at = 1 + hubs.length + i;
      childColumns[i] = childColumn(mapping.child().get(i), first.get(at).type(), columns);
      if (childColumns[i] >= 0) {
        ColumnType type = columns.column(childColumns[i]).type();
        first.set(at, Column.nullable(first.get(at).name(), type));
      }
    }
    List<Taken> payload =
        LinkColumns.payload(source, mapping, tables.catalogue()).stream()
            .map(column -> new Taken(column.name(), column.column()))
            .toList();
    this.shape = RowShape.of(first, payload, columns);
    List<Column> all = shape.schema().columns();
    this.withoutKeys = RowSchema.of(all.subList(ends - Stamp.SIZE, ends));
  }

  /** A counter is kept by key alone: whose events it counts is known if one table feeds it. */
  private static String uncountable(VaultModel model, TableId table, String link) {
    List<TableId> feeding =
        model.tables().values().stream()
            .filter(source -> source.links().stream().anyMatch(to -> to.link().equals(link)))
            .map(SourceTable::id)
            .toList();
    return feeding.size() == 1
        ? null
        : VaultErrors.truncatedCounts(table, VaultNames.link(link), feeding);
  }

  private static int childColumn(KeyExpression child, ColumnType target, RowSchema columns) {
    return target.kind() != Kind.STRING && child instanceof KeyExpression.Name name
        ? columns.find(name.column())
        : -1;
  }

  @Override
  public void stage(Event event, StagedRows out) {
    Object gone = isCounted ? event.gone(link) : null;
    if (gone != null) {
      Object[] row = row(gone, event.old(), event.before(), event.stamp());
      out.row(TableRow.delete(table, shape.schema(), row, event.stamp().order()));
    }
    Object now = event.key(link);
    if (now != null) {
      Object[] row = row(now, event.now(), event.after(), event.stamp());
      out.row(TableRow.put(table, shape.schema(), row, event.stamp().order()));
    }
  }

  @Override
  public void truncate(Stamp stamp, StagedRows out) {
    if (isCounted && uncountable == null) {
      Object[] row = new Object[withoutKeys.size()];
      stamp.put(row, 0);
      out.row(TableRow.deleteAll(table, withoutKeys, row, stamp.order()));
    } else if (isCounted) {
      out.reject(uncountable);
    }
  }

  private Object[] row(Object key, RowKeys keys, Object[] image, Stamp stamp) {
    Object[] row = shape.row(image);
    row[0] = key;
    int at = 1;
    for (int hub : hubs) {
      row[at++] = keys.hubs[hub];
    }
    String[] parts = keys.childParts[link.position()];
    for (int i = 0; i < parts.length; i++) {
      row[at++] = childColumns[i] < 0 ? parts[i] : image[childColumns[i]];
    }
    stamp.put(row, at);
    return row;
  }
}
