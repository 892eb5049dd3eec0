package dev.larder.io.delta.file;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the first rows of a file let expect of its columns, without those in arrays and maps.
 * Columns are told by their paths, joined by points. Pure.
 *
 * @param distinct columns most of whose values are there once
 * @param repeated columns whose values are there {@value #TIMES} times and more on average
 * @param single columns that have one value in all rows, or none in any
 */
record FirstRows(Set<String> distinct, Set<String> repeated, Set<String> single) {
  private static final int TIMES = 4;

  static FirstRows of(RowSchema schema, List<Object[]> rows) {
    FirstRows all = new FirstRows(new HashSet<>(), new HashSet<>(), new HashSet<>());
    all.add("", schema, rows, rows.size());
    return all;
  }

  /**
   * @param around what the paths of the columns begin with
   * @param rows those in which the columns are there
   * @param count of all rows
   */
  private void add(String around, RowSchema columns, List<Object[]> rows, int count) {
    for (int i = 0; i < columns.size(); i++) {
      String path = around + columns.column(i).name();
      ColumnType type = columns.column(i).type();
      switch (type.kind()) {
        case ARRAY, MAP -> {}
        case STRUCT -> add(path + ".", type.fields(), present(rows, i), count);
        default -> addLeaf(path, type.kind(), present(rows, i), count);
      }
    }
  }

  private void addLeaf(String path, Kind kind, List<?> values, int count) {
    int different = different(kind, values);
    if (different > values.size() / 2) {
      distinct.add(path);
    } else if (different <= values.size() / TIMES) {
      repeated.add(path);
    }
    boolean isOne = different == 1 && values.size() == count && hasDictionary(kind);
    if (isOne || values.isEmpty()) {
      single.add(path);
    }
  }

  private static int different(Kind kind, List<?> values) {
    Set<Object> different = new HashSet<>();
    values.forEach(
        value -> different.add(kind == Kind.BINARY ? ByteBuffer.wrap((byte[]) value) : value));
    return different.size();
  }

  /**
   * Readers look up 0.0 in the dictionary of -0.0, and pass over equal rows: no dictionary then.
   */
  private static boolean hasDictionary(Kind kind) {
    return kind != Kind.BOOLEAN && kind != Kind.FLOAT && kind != Kind.DOUBLE;
  }

  @SuppressWarnings("unchecked") // what a struct holds, or a value, is what its type says
  private static <T> List<T> present(List<Object[]> rows, int column) {
    List<T> present = new ArrayList<>(rows.size());
    for (Object[] row : rows) {
      if (row[column] != null) {
        present.add((T) row[column]);
      }
    }
    return present;
  }
}
