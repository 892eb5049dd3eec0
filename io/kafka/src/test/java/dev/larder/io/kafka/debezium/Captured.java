package dev.larder.io.kafka.debezium;

import static org.junit.Assume.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LogPlace;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** The events that were captured from real servers, and the tables they are of. */
final class Captured {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SHARED =
      Path.of(System.getProperty("larder.root", "."), "..", "shared", "data", "debezium");

  /** One captured record. */
  record Event(LogPlace place, byte[] key, byte[] value) {}

  static final TableId ALL_TYPES = new TableId("types", "alltypes");
  static final TableId STRESS = new TableId("types", "stress");

  private Captured() {}

  static Path shared(String folder) {
    Path path = SHARED.resolve(folder);
    assumeTrue(
        "skipped: ../shared/data/debezium is not beside the project", Files.isDirectory(path));
    return path;
  }

  static List<Event> events(String file) {
    List<Event> events = new ArrayList<>();
    Map<String, Long> offsets = new HashMap<>();
    Path path = shared("captured").resolve(file);
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        JsonNode record = JSON.readTree(line);
        String topic = record.path("topic").asText();
        long offset = offsets.merge(topic, 1L, Long::sum) - 1;
        events.add(
            new Event(
                new LogPlace(topic, 0, offset),
                bytes(record.path("key")),
                bytes(record.path("value"))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }

  /** The text of the value's node would lose the digits of floats: it is cut out of the line. */
  private static byte[] bytes(JsonNode node) throws IOException {
    return node.isNull() || node.isMissingNode() ? null : JSON.writeValueAsBytes(node);
  }

  /** The table of 50 types, with the columns that an ALTER added while events were captured. */
  static SourceCatalog catalog() {
    Map<String, String> types = new LinkedHashMap<>();
    for (String line : ALL_TYPES_COLUMNS.trim().split("\n")) {
      int space = line.indexOf(' ');
      types.put(line.substring(0, space), line.substring(space + 1).trim());
    }
    List<Column> columns = new ArrayList<>();
    types.forEach((name, words) -> columns.add(Column.nullable(name, type(words))));
    TableSchema all = new TableSchema(ALL_TYPES, RowSchema.of(columns), List.of("id"));
    TableSchema stress =
        new TableSchema(
            STRESS,
            RowSchema.of(
                Column.required("id", ColumnType.INT), Column.nullable("v", ColumnType.STRING)),
            List.of("id"));
    return SourceCatalog.of(List.of(all, stress)).withDeclaredTypes(ALL_TYPES, types);
  }

  private static ColumnType type(String words) {
    if (words.startsWith("bigint unsigned")) {
      return ColumnType.decimal(20, 0);
    }
    if (words.startsWith("decimal(65")) {
      return ColumnType.STRING;
    }
    if (words.startsWith("decimal")) {
      return ColumnType.parse(words.replace(" unsigned", ""));
    }
    return switch (words.replaceAll("[( ].*", "")) {
      case "tinyint", "smallint", "mediumint", "int", "bigint", "year" -> ColumnType.INT;
      case "float" -> ColumnType.FLOAT;
      case "double" -> ColumnType.DOUBLE;
      case "bit" -> words.equals("bit(1)") ? ColumnType.BOOLEAN : ColumnType.BINARY;
      case "binary", "varbinary", "tinyblob", "blob", "longblob", "point", "geometry" ->
          ColumnType.BINARY;
      case "json" -> ColumnType.JSON;
      case "date" -> ColumnType.DATE;
      case "time" -> ColumnType.TIME;
      case "datetime" -> ColumnType.DATETIME;
      case "timestamp" -> ColumnType.TIMESTAMP;
      default -> ColumnType.STRING;
    };
  }

  private static final String ALL_TYPES_COLUMNS =
      """
      id bigint unsigned
      c_tinyint tinyint
      c_tinyint1 tinyint(1)
      c_utinyint tinyint unsigned
      c_smallint smallint
      c_usmallint smallint unsigned
      c_mediumint mediumint
      c_umediumint mediumint unsigned
      c_int int
      c_new varchar(30)
      c_uint int unsigned
      c_bigint bigint
      c_ubigint bigint unsigned
      c_decimal decimal(18,4)
      c_decimal65 decimal(65,30)
      c_udecimal decimal(10,2) unsigned
      c_float float
      c_double double
      c_bit1 bit(1)
      c_bit12 bit(12)
      c_bit64 bit(64)
      c_bool tinyint(1)
      c_char char(10)
      c_varchar varchar(200)
      c_tinytext tinytext
      c_text text
      c_mediumtext mediumtext
      c_longtext longtext
      c_binary binary(8)
      c_varbinary varbinary(32)
      c_tinyblob tinyblob
      c_blob blob
      c_longblob longblob
      c_json json
      c_enum enum('small','medium','large')
      c_set set('a','b','c','d')
      c_date date
      c_time time
      c_time6 time(6)
      c_datetime datetime
      c_datetime3 datetime(3)
      c_datetime6 datetime(6)
      c_timestamp timestamp
      c_timestamp6 timestamp(6)
      c_year year
      c_point point
      c_geometry geometry
      c_default varchar(20)
      c_ts_default timestamp(6)
      c_gen int
      c_vgen int
      c_new2 int
      """;
}
