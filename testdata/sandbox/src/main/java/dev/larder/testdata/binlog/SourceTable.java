package dev.larder.testdata.binlog;

import dev.larder.testdata.services.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A table as the information schema describes it.
 *
 * @param key positions of the primary key's columns, in its order
 */
public record SourceTable(String name, List<SourceColumn> columns, List<Integer> key) {

  /** The tables of a database, by name. */
  static List<SourceTable> of(Sql sql, String database) throws SQLException {
    List<SourceTable> tables = new ArrayList<>();
    String where = " WHERE TABLE_SCHEMA = '" + database + "'";
    for (Map<String, String> table :
        sql.rows("SELECT TABLE_NAME AS t FROM information_schema.TABLES" + where + " ORDER BY 1")) {
      String ofTable = where + " AND TABLE_NAME = '" + table.get("t") + "'";
      List<SourceColumn> columns =
          sql
              .rows(
                  "SELECT COLUMN_NAME AS n, DATA_TYPE AS t, COLUMN_TYPE AS d FROM"
                      + " information_schema.COLUMNS"
                      + ofTable
                      + " ORDER BY ORDINAL_POSITION")
              .stream()
              .map(column -> new SourceColumn(column.get("n"), column.get("t"), column.get("d")))
              .toList();
      List<String> names = columns.stream().map(SourceColumn::name).toList();
      List<Integer> key =
          sql
              .rows(
                  "SELECT COLUMN_NAME AS n FROM information_schema.KEY_COLUMN_USAGE"
                      + ofTable
                      + " AND CONSTRAINT_NAME = 'PRIMARY' ORDER BY ORDINAL_POSITION")
              .stream()
              .map(column -> names.indexOf(column.get("n")))
              .toList();
      tables.add(new SourceTable(table.get("t"), columns, key));
    }
    return tables;
  }

  /** The place of a column. */
  public int column(String column) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name + " has no column " + column);
  }

  /** The primary key of a row. */
  List<String> key(List<String> row) {
    return key.stream().map(row::get).toList();
  }
}
