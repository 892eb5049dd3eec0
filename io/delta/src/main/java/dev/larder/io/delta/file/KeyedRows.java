package dev.larder.io.delta.file;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * The rows of a row group whose key may be wanted: the key column is gone through, the others are
 * read only where it hits. A merge meets one row in a hundred and pays for little more.
 */
final class KeyedRows implements RowAssembly.Rows {
  private final int size;
  private final KeyFilter keys;
  private final Cell cell = new Cell();
  private final ColumnCursor key;
  private final List<ColumnCursor> others = new ArrayList<>();
  private long place;

  private static final class Cell implements ValueReader.Target {
    private Object[] row;

    @Override
    public void set(int position, Object value) {
      row[position] = value;
    }
  }

  KeyedRows(RowSchema wanted, MessageType requested, PageReadStore pages, KeyFilter keys) {
    this.size = wanted.size();
    this.keys = keys;
    ColumnCursor found = null;
    for (ColumnDescriptor column : requested.getColumns()) {
      String name = column.getPath()[0];
      int position = wanted.position(name);
      ValueReader values =
          ValueReader.of(wanted.column(position).type(), column.getPrimitiveType(), cell, position);
      ColumnCursor cursor = new ColumnCursor(column, pages.getPageReader(column), values);
      if (name.equals(keys.column())) {
        found = cursor;
      } else {
        others.add(cursor);
      }
    }
    this.key = found;
  }

  /**
   * Whether rows can be had this way: flat columns, a key of bytes, and no encoding in which a
   * value rests on the one before it, which some old writers got wrong (PARQUET-246).
   */
  static boolean fits(
      RowSchema wanted, MessageType requested, List<BlockMetaData> rowGroups, KeyFilter keys) {
    int position = wanted.find(keys.column());
    return !keys.isEverything()
        && position >= 0
        && isBytes(wanted.column(position).type().kind())
        && requested.containsField(keys.column())
        && canSkip(requested, rowGroups)
        && requested.getType(keys.column()).asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveTypeName.BINARY;
  }

  /** Whether values can be passed over: flat columns, none in which one rests on another. */
  static boolean canSkip(MessageType requested, List<BlockMetaData> rowGroups) {
    return requested.getFields().stream().allMatch(KeyedRows::isFlat)
        && rowGroups.stream()
            .flatMap(group -> group.getColumns().stream())
            .noneMatch(column -> column.getEncodings().contains(Encoding.DELTA_BYTE_ARRAY));
  }

  private static boolean isBytes(Kind kind) {
    return kind == Kind.BINARY || kind == Kind.STRING || kind == Kind.JSON;
  }

  static boolean isFlat(Type field) {
    return field.isPrimitive() && !field.isRepetition(Repetition.REPEATED);
  }

  @Override
  public Object[] next() {
    cell.row = new Object[size];
    place = key.readWanted(keys);
    if (place < 0) {
      return null;
    }
    for (ColumnCursor other : others) {
      other.read(place);
    }
    return cell.row;
  }

  @Override
  public long place() {
    return place;
  }
}
