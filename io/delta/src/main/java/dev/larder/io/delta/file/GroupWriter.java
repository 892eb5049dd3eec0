package dev.larder.io.delta.file;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowBytes;
import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.schema.MessageType;

/** Writes what holds other columns: rows, structs, arrays, maps. */
final class GroupWriter {

  private GroupWriter() {}

  /** The tables' place for messages, and where columns are written to. */
  private record Target(String path, MessageType message, ColumnWriteStore columns) {}

  /** The columns of one row group. */
  static final class Rows {
    private final ValueWriter[] columns;

    Rows(String path, RowSchema schema, MessageType message, ColumnWriteStore store) {
      this.columns = columns(new Target(path, message, store), List.of(), "", schema, 0);
    }

    void write(Object[] row) {
      for (int i = 0; i < columns.length; i++) {
        columns[i].write(row[i], 0, 0);
      }
    }

    /**
     * Writes an encoded row without decoding it.
     *
     * @param in where the row begins; behind it afterwards
     * @param shared of each column the value that was not written with the row
     */
    void copy(RowBytes in, Object[] shared) throws IOException {
      int nulls = RowCodec.passNulls(columns.length, in);
      for (int i = 0; i < columns.length; i++) {
        if (RowCodec.isAbsent(in, nulls, i)) {
          columns[i].write(shared[i], 0, 0);
        } else {
          columns[i].copy(in);
        }
      }
    }

    /** How often each array and map was absent: by its place among the leaves. */
    void countAbsent(FileStatistics.Absences counts) {
      for (ValueWriter column : columns) {
        countAbsent(column, counts);
      }
    }

    private static void countAbsent(ValueWriter column, FileStatistics.Absences counts) {
      if (column instanceof Struct struct) {
        for (ValueWriter inner : struct.columns) {
          countAbsent(inner, counts);
        }
      } else if (column instanceof Repeated repeated) {
        counts.add(repeated.place, repeated.absent);
      }
    }
  }

  /**
   * @param around names of the Parquet groups around the columns
   * @param prefix the same as users see it
   */
  private static ValueWriter[] columns(
      Target target, List<String> around, String prefix, RowSchema schema, int repetition) {
    ValueWriter[] columns = new ValueWriter[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(target, around, prefix, schema.column(i), repetition);
    }
    return columns;
  }

  private static ValueWriter column(
      Target target, List<String> around, String prefix, Column column, int repetition) {
    List<String> place = new ArrayList<>(around);
    place.add(column.name());
    String name = prefix + column.name();
    ColumnType type = column.type();
    String inside = name + ".";
    return switch (type.kind()) {
      case STRUCT ->
          new Struct(
              target, name, column, columns(target, place, inside, type.fields(), repetition));
      case ARRAY, MAP -> {
        String own = StatisticsScope.path(place);
        place.add(type.kind() == Kind.ARRAY ? ParquetTypes.LIST : ParquetTypes.ENTRIES);
        ValueWriter[] inner = columns(target, place, inside, type.fields(), repetition + 1);
        yield new Repeated(target, name, own, column, inner, repetition + 1);
      }
      default ->
          ValueWriter.Leaf.of(
              target.path,
              name,
              column,
              target.columns.getColumnWriter(
                  target.message.getColumnDescription(place.toArray(new String[0]))));
    };
  }

  private abstract static class Group extends ValueWriter {
    private final String path;
    final String name;
    private final boolean nullable;
    private final ColumnType type;
    final ValueWriter[] columns;

    Group(Target target, String name, Column column, ValueWriter[] columns) {
      this.path = target.path;
      this.name = name;
      this.nullable = column.nullable();
      this.type = column.type();
      this.columns = columns;
    }

    @Override
    void copy(RowBytes in) throws IOException {
      write(RowCodec.readValue(type, in), 0, 0);
    }

    @Override
    final void write(Object value, int repetition, int definition) {
      if (value != null) {
        put((Object[]) value, repetition, nullable ? definition + 1 : definition);
      } else if (nullable) {
        writeAbsent(repetition, definition);
      } else {
        throw DeltaErrors.absentValue(path, name);
      }
    }

    abstract void put(Object[] values, int repetition, int definition);

    @Override
    void writeAbsent(int repetition, int definition) {
      for (ValueWriter column : columns) {
        column.writeAbsent(repetition, definition);
      }
    }
  }

  private static final class Struct extends Group {
    Struct(Target target, String name, Column column, ValueWriter[] columns) {
      super(target, name, column, columns);
    }

    @Override
    void put(Object[] values, int repetition, int definition) {
      for (int i = 0; i < columns.length; i++) {
        columns[i].write(values[i], repetition, definition);
      }
    }
  }

  private static final class Repeated extends Group {
    private final boolean entries;
    private final String place;
    private final int own;
    private long absent;

    /**
     * @param own the repetition level of elements but the first
     */
    Repeated(
        Target target, String name, String place, Column column, ValueWriter[] columns, int own) {
      super(target, name, column, columns);
      this.place = place;
      this.entries = column.type().kind() == Kind.MAP;
      this.own = own;
    }

    @Override
    void put(Object[] values, int repetition, int definition) {
      if (values.length == 0) {
        super.writeAbsent(repetition, definition);
      }
      for (int i = 0; i < values.length; i++) {
        int level = i == 0 ? repetition : own;
        if (entries) {
          Object[] entry = (Object[]) values[i];
          columns[0].write(entry[0], level, definition + 1);
          columns[1].write(entry[1], level, definition + 1);
        } else {
          columns[0].write(values[i], level, definition + 1);
        }
      }
    }

    @Override
    void writeAbsent(int repetition, int definition) {
      absent++;
      super.writeAbsent(repetition, definition);
    }
  }
}
