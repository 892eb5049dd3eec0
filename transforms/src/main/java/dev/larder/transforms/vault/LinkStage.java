package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRow;
import dev.larder.transforms.model.ColumnChoice.Taken;
import dev.larder.transforms.model.KeyExpression;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.LinkColumns;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import java.util.ArrayList;
import java.util.List;

/** Makes the row of one link, with its payload if it is a transaction. */
final class LinkStage {
  private final String table;
  private final int position;
  private final int[] hubs;

  /** Source columns of child keys that keep their type; -1 where the text is stored. */
  private final int[] childColumns;

  private final RowShape shape;

  LinkStage(
      VaultTables tables, VaultTable target, SourceTable source, Link link, RowSchema columns) {
    LinkMapping mapping =
        source.links().stream()
            .filter(candidate -> candidate.link().equals(link.name()))
            .findFirst()
            .orElseThrow();
    List<String> mapped = source.hubs().stream().map(SourceTable.HubMapping::hub).toList();
    this.table = target.name();
    this.position = source.links().indexOf(mapping);
    this.hubs = link.hubs().stream().mapToInt(mapped::indexOf).toArray();
    this.childColumns = new int[link.child().size()];
    int ends = 1 + hubs.length + childColumns.length + 3;
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
  }

  private static int childColumn(KeyExpression child, ColumnType target, RowSchema columns) {
    return target.kind() != Kind.STRING && child instanceof KeyExpression.Name name
        ? columns.find(name.column())
        : -1;
  }

  void stage(Object[] image, RowKeys keys, Stamp stamp, StagedRows out) {
    byte[] key = keys.links[position];
    if (key == null) {
      return;
    }
    Object[] row = shape.row(image);
    row[0] = key;
    int at = 1;
    for (int hub : hubs) {
      row[at++] = keys.hubs[hub];
    }
    String[] parts = keys.childParts[position];
    for (int i = 0; i < parts.length; i++) {
      row[at++] = childColumns[i] < 0 ? parts[i] : image[childColumns[i]];
    }
    stamp.put(row, at);
    out.row(TableRow.put(table, shape.schema(), row, stamp.order()));
  }
}
