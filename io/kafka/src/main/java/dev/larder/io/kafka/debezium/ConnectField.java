package dev.larder.io.kafka.debezium;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.kafka.debezium.Encoding.Form;
import java.util.Locale;
import java.util.Map;

/**
 * A column as an embedded Connect schema describes it.
 *
 * @param type Connect's type: {@code int64}, {@code bytes}, {@code struct}
 * @param logical the name of the logical type, or empty: {@code io.debezium.time.MicroTime}
 * @param parameters of the logical type, with the source's own type if the connector propagates it
 *     ({@code column.propagate.source.type} or {@code datatype.propagate.source.type})
 */
record ConnectField(
    String name, String type, String logical, boolean optional, Map<String, String> parameters) {
  /** The logical type of MySQL's YEAR. */
  static final String YEAR = "io.debezium.time.Year";

  private static final String SOURCE_TYPE = "__debezium.source.column.type";
  private static final String SOURCE_LENGTH = "__debezium.source.column.length";
  private static final String SOURCE_SCALE = "__debezium.source.column.scale";
  private static final int UNSIGNED_BIGINT_DIGITS = 20;

  ConnectField {
    parameters = Map.copyOf(parameters);
  }

  /** How the values are written. */
  Encoding encoding(DebeziumModes modes, ColumnType target) {
    return switch (logical) {
      case "org.apache.kafka.connect.data.Decimal" ->
          new Encoding(Form.UNSCALED, number("scale", 0));
      case "io.debezium.data.VariableScaleDecimal" -> Encoding.of(Form.VARIABLE_DECIMAL);
      case "io.debezium.data.Bits" -> new Encoding(Form.BITS, number("length", 1));
      case "io.debezium.data.Json" -> Encoding.of(Form.JSON);
      case "io.debezium.data.Enum", "io.debezium.data.EnumSet" -> Encoding.of(Form.TEXT);
      case "io.debezium.data.geometry.Point",
          "io.debezium.data.geometry.Geometry",
          "io.debezium.data.geometry.Geography" ->
          Encoding.of(Form.GEOMETRY);
      case "io.debezium.time.Date", "org.apache.kafka.connect.data.Date" -> Encoding.of(Form.DAYS);
      case "io.debezium.time.Time",
          "io.debezium.time.Timestamp",
          "org.apache.kafka.connect.data.Time",
          "org.apache.kafka.connect.data.Timestamp" ->
          Encoding.of(Form.MILLIS);
      case "io.debezium.time.MicroTime", "io.debezium.time.MicroTimestamp" ->
          Encoding.of(Form.MICROS);
      case "io.debezium.time.NanoTime", "io.debezium.time.NanoTimestamp" -> Encoding.of(Form.NANOS);
      case "io.debezium.time.IsoDate",
          "io.debezium.time.IsoTime",
          "io.debezium.time.IsoTimestamp",
          "io.debezium.time.ZonedTime",
          "io.debezium.time.ZonedTimestamp" ->
          Encoding.of(Form.ISO);
      default -> plainEncoding(modes, target);
    };
  }

  private Encoding plainEncoding(DebeziumModes modes, ColumnType target) {
    return switch (type) {
      case "boolean" -> Encoding.of(Form.BOOLEAN);
      case "float", "double" -> Encoding.of(Form.NUMBER);
      case "bytes" -> Encoding.of(Form.BASE64);
      case "string" ->
          switch (target.kind()) {
            case DECIMAL -> new Encoding(Form.PLAIN, target.scale());
            case BINARY -> Encoding.binary(modes.binaries());
            default ->
                isWideDecimal()
                    ? new Encoding(Form.PLAIN, number(SOURCE_SCALE, 0))
                    : Encoding.of(Form.TEXT);
          };
      default -> Encoding.of(Form.INTEGER);
    };
  }

  /** The column, where no catalogue knows it. */
  Column column() {
    return new Column(name, columnType(), optional);
  }

  private ColumnType columnType() {
    return switch (logical) {
      case "org.apache.kafka.connect.data.Decimal" ->
          decimal(
              number("connect.decimal.precision", number(SOURCE_LENGTH, UNSIGNED_BIGINT_DIGITS)),
              number("scale", 0));
      case "io.debezium.data.Json" -> ColumnType.JSON;
      case "io.debezium.data.Bits",
          "io.debezium.data.geometry.Point",
          "io.debezium.data.geometry.Geometry",
          "io.debezium.data.geometry.Geography" ->
          ColumnType.BINARY;
      case "io.debezium.time.Date",
          "io.debezium.time.IsoDate",
          "org.apache.kafka.connect.data.Date" ->
          ColumnType.DATE;
      case "io.debezium.time.Time",
          "io.debezium.time.MicroTime",
          "io.debezium.time.NanoTime",
          "io.debezium.time.IsoTime",
          "org.apache.kafka.connect.data.Time" ->
          ColumnType.TIME;
      case "io.debezium.time.Timestamp",
          "io.debezium.time.MicroTimestamp",
          "io.debezium.time.NanoTimestamp",
          "io.debezium.time.IsoTimestamp",
          "org.apache.kafka.connect.data.Timestamp" ->
          ColumnType.DATETIME;
      case "io.debezium.time.ZonedTimestamp" -> ColumnType.TIMESTAMP;
      default -> plainColumnType();
    };
  }

  private ColumnType plainColumnType() {
    String source = sourceType();
    if (isDecimal(source)) {
      return decimal(number(SOURCE_LENGTH, ColumnType.MAX_PRECISION), number(SOURCE_SCALE, 0));
    }
    if (source.startsWith("BIGINT") && source.contains("UNSIGNED")) {
      return decimal(UNSIGNED_BIGINT_DIGITS, 0);
    }
    return switch (type) {
      case "boolean" -> ColumnType.BOOLEAN;
      case "float" -> ColumnType.FLOAT;
      case "double" -> source.startsWith("FLOAT") ? ColumnType.FLOAT : ColumnType.DOUBLE;
      case "bytes" -> ColumnType.BINARY;
      case "int8", "int16", "int32", "int64" -> ColumnType.INT;
      default ->
          source.contains("BLOB") || source.contains("BINARY")
              ? ColumnType.BINARY
              : ColumnType.STRING;
    };
  }

  private static ColumnType decimal(int precision, int scale) {
    return precision < 1 || precision > ColumnType.MAX_PRECISION || scale < 0 || scale > precision
        ? ColumnType.STRING
        : ColumnType.decimal(precision, scale);
  }

  private boolean isWideDecimal() {
    return isDecimal(sourceType()) && number(SOURCE_LENGTH, 0) > ColumnType.MAX_PRECISION;
  }

  private static boolean isDecimal(String source) {
    return source.startsWith("DECIMAL") || source.startsWith("NUMERIC");
  }

  private String sourceType() {
    return parameters.getOrDefault(SOURCE_TYPE, "").toUpperCase(Locale.ROOT);
  }

  private int number(String parameter, int otherwise) {
    try {
      return Integer.parseInt(parameters.getOrDefault(parameter, ""));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
