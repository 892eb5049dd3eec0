package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRows;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Changes as rows of bronze, and rows of bronze as changes.
 *
 * <table>
 * <caption>Columns of {@code bronze/<source>/<table>}</caption>
 * <tr><th>column</th><th>type</th><th>meaning</th></tr>
 * <tr><td>_op</td><td>string</td><td>r, c, u, d, t</td></tr>
 * <tr><td>_committed_at</td><td>timestamp</td><td>when the source committed; for a snapshot, when P0 was recorded</td></tr>
 * <tr><td>_seq</td><td>string</td><td>{@link Sequence#text}</td></tr>
 * <tr><td>_origin</td><td>string</td><td>snapshot or log</td></tr>
 * <tr><td>_key</td><td>string</td><td>names of the key columns, comma separated; empty without a key</td></tr>
 * <tr><td>_topic, _partition, _offset</td><td>string, int, int</td><td>the Kafka record; NULL for a snapshot</td></tr>
 * <tr><td>before, after</td><td>struct of the source's columns, all nullable</td><td>the images</td></tr>
 * </table>
 *
 * <p><b>Guarantees</b>: a change that is written and read back under the same table schema is equal
 * to itself. Read back under a later schema it has the columns added since as NULL, and not those
 * that are gone.
 *
 * <p>Instances keep the columns of the tables they have seen; not for use by two threads.
 */
public final class BronzeRows implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final String FOLDER = "bronze/";
  private static final String KEY_PROPERTY = "larder.source.key";
  private static final String COLUMN_PROPERTY = "larder.source.column.";
  private static final String NOT_NULL = " not null";
  private static final List<Column> FIRST =
      List.of(
          Column.required("_op", ColumnType.STRING),
          Column.required("_committed_at", ColumnType.TIMESTAMP),
          Column.required("_seq", ColumnType.STRING),
          Column.required("_origin", ColumnType.STRING),
          Column.required("_key", ColumnType.STRING),
          Column.nullable("_topic", ColumnType.STRING),
          Column.nullable("_partition", ColumnType.INT),
          Column.nullable("_offset", ColumnType.INT));

  private transient Map<TableId, Shape> shapes;
  private transient Sequence lastSequence;
  private transient String lastSequenceText;

  private record Shape(TableSchema source, String table, RowSchema row, String key) {}

  /** The bronze table of a source table. */
  public static String table(TableId id) {
    return FOLDER + id.source() + "/" + id.table();
  }

  /** What a sink needs to create and to load a bronze table. */
  public static TableSpec spec(TableSchema source) {
    Map<String, String> properties = new HashMap<>();
    properties.put(KEY_PROPERTY, String.join(",", source.key()));
    for (Column column : source.columns().columns()) {
      properties.put(
          COLUMN_PROPERTY + column.name(), column.type() + (column.nullable() ? "" : NOT_NULL));
    }
    return new TableSpec(
        table(source.id()), rowSchema(source), new LoadRule.Append(), 1, properties);
  }

  /**
   * The source table that a bronze table keeps, from what the lake knows: the columns of its images
   * with the exact types that were noted when it was created. A column that was added since has the
   * type that the lake gives it.
   *
   * @param row the bronze table's columns
   * @param properties the bronze table's properties
   */
  public static TableSchema source(TableId id, RowSchema row, Map<String, String> properties) {
    List<Column> columns = new ArrayList<>();
    for (Column column : row.column(row.position("after")).type().fields().columns()) {
      String noted = properties.get(COLUMN_PROPERTY + column.name());
      columns.add(noted == null ? column : asNoted(column, noted));
    }
    String key = properties.getOrDefault(KEY_PROPERTY, "");
    return new TableSchema(
        id, RowSchema.of(columns), key.isEmpty() ? List.of() : List.of(key.split(",")));
  }

  /**
   * The same, where the table is known as the database has it now: a column that was added since,
   * and is stored as the one of now would be, is that one.
   */
  public static TableSchema source(
      TableId id, RowSchema row, Map<String, String> properties, TableSchema now) {
    TableSchema stored = source(id, row, properties);
    List<Column> columns = new ArrayList<>();
    for (Column column : stored.columns().columns()) {
      int at = now.columns().find(column.name());
      boolean isAlike =
          at >= 0
              && !properties.containsKey(COLUMN_PROPERTY + column.name())
              && stored(now.columns().column(at).type()).equals(column.type());
      columns.add(isAlike ? now.columns().column(at) : column);
    }
    return new TableSchema(id, RowSchema.of(columns), stored.key());
  }

  /** What the lake says of a column of this type. */
  private static ColumnType stored(ColumnType type) {
    return switch (type.kind()) {
      case DATETIME -> ColumnType.TIMESTAMP;
      case TIME -> ColumnType.INT;
      case JSON -> ColumnType.STRING;
      default -> type;
    };
  }

  /** The noted column, with the type that the lake has given it if it was widened since. */
  private static Column asNoted(Column stored, String noted) {
    Column column = column(stored.name(), noted);
    boolean isNumber = column.type().kind() == Kind.INT || column.type().kind() == Kind.DECIMAL;
    return isNumber && !stored.type().equals(column.type())
        ? new Column(column.name(), stored.type(), column.nullable())
        : column;
  }

  private static Column column(String name, String noted) {
    return noted.endsWith(NOT_NULL)
        ? Column.required(
            name, ColumnType.parse(noted.substring(0, noted.length() - NOT_NULL.length())))
        : Column.nullable(name, ColumnType.parse(noted));
  }

  private static RowSchema rowSchema(TableSchema source) {
    List<Column> fields = new ArrayList<>();
    for (Column column : source.columns().columns()) {
      fields.add(Column.nullable(column.name(), column.type()));
    }
    ColumnType image = ColumnType.struct(RowSchema.of(fields));
    List<Column> columns = new ArrayList<>(FIRST);
    columns.add(Column.nullable("before", image));
    columns.add(Column.nullable("after", image));
    return RowSchema.of(columns);
  }

  /** The bronze row of a change. */
  public TableRow row(ChangeRecord change) {
    Shape shape = shape(change.table());
    Object[] values = new Object[shape.row().size()];
    fill(values, shape, change);
    return TableRow.put(shape.table(), shape.row(), values, change.sequence());
  }

  /** The bronze rows of changes, each made while it is used. */
  public static TableRows rows(TableChanges changes) {
    return new Rows(changes);
  }

  private void fill(Object[] values, Shape shape, ChangeRecord change) {
    LogPlace place = change.place();
    if (change.sequence() != lastSequence) {
      lastSequence = change.sequence(); // one object for all rows of a snapshot
      lastSequenceText = lastSequence.text();
    }
    values[0] = change.operation().letter();
    values[1] = change.committedAt();
    values[2] = lastSequenceText;
    values[3] = origin(change.origin());
    values[4] = shape.key();
    values[5] = place == null ? null : place.topic();
    values[6] = place == null ? null : (long) place.partition();
    values[7] = place == null ? null : place.offset();
    values[8] = change.before();
    values[9] = change.after();
  }

  /** What stands in {@code _origin}. */
  public static String origin(Origin origin) {
    return switch (origin) {
      case SNAPSHOT -> "snapshot";
      case LOG -> "log";
    };
  }

  /** What the rows are made of is read once: they cannot be shipped. */
  private static final class Rows implements TableRows {
    private static final long serialVersionUID = 1L;

    private final transient TableChanges changes;
    private final transient BronzeRows rows = new BronzeRows();
    private final transient Shape shape;

    Rows(TableChanges changes) {
      this.changes = changes;
      this.shape = rows.shape(changes.table());
    }

    @Override
    public String table() {
      return shape.table();
    }

    @Override
    public RowSchema schema() {
      return shape.row();
    }

    @Override
    public void forEach(Consumer<Object[]> out) {
      Object[] values = new Object[shape.row().size()];
      changes.forEach(
          change -> {
            rows.fill(values, shape, change);
            out.accept(values);
          });
    }
  }

  private Shape shape(TableSchema source) {
    if (shapes == null) {
      shapes = new HashMap<>();
    }
    Shape shape = shapes.get(source.id());
    if (shape == null || shape.source() != source && !shape.source().equals(source)) {
      shape =
          new Shape(source, table(source.id()), rowSchema(source), String.join(",", source.key()));
      shapes.put(source.id(), shape);
    }
    return shape;
  }

  /**
   * The change that a bronze row keeps.
   *
   * @param source the table under which it is read: {@link #source}, or as the database has it now
   * @param row columns of {@code values}, in any order
   */
  public static ChangeRecord change(TableSchema source, RowSchema row, Object[] values) {
    return new BronzeChanges(source, row).change(values);
  }
}
