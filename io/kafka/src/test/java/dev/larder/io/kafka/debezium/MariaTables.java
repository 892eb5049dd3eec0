package dev.larder.io.kafka.debezium;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.List;
import java.util.Map;

/** The tables of the events captured from MariaDB. */
final class MariaTables {

  private MariaTables() {}

  static SourceCatalog catalog() {
    TableId types = new TableId("types", "alltypes");
    return SourceCatalog.of(
            List.of(
                numbers("r"),
                numbers("h"),
                new TableSchema(
                    types,
                    RowSchema.of(
                        Column.required("id", ColumnType.decimal(20, 0)),
                        Column.nullable("c_dec", ColumnType.decimal(18, 4)),
                        Column.nullable("c_bit", ColumnType.BINARY),
                        Column.nullable("c_json", ColumnType.JSON),
                        Column.nullable("c_dt6", ColumnType.DATETIME),
                        Column.nullable("c_ts6", ColumnType.TIMESTAMP),
                        Column.nullable("c_time6", ColumnType.TIME),
                        Column.nullable("c_year", ColumnType.INT),
                        Column.nullable("c_uuid", ColumnType.STRING),
                        Column.nullable("c_point", ColumnType.BINARY),
                        Column.nullable("c_enum", ColumnType.STRING),
                        Column.nullable("c_blob", ColumnType.BINARY)),
                    List.of("id"))))
        .withDeclaredTypes(
            types, Map.of("id", "bigint(20) unsigned", "c_bit", "bit(12)", "c_dt6", "datetime(6)"));
  }

  private static TableSchema numbers(String table) {
    return new TableSchema(
        new TableId("shop", table),
        RowSchema.of(Column.required("id", ColumnType.INT), Column.nullable("v", ColumnType.INT)),
        List.of("id"));
  }
}
