package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.larder.io.changes.TableId;
import dev.larder.io.kafka.debezium.Decoded.Broken;
import dev.larder.io.kafka.debezium.Decoded.UnknownColumn;
import dev.larder.io.kafka.debezium.Decoded.UnknownTable;
import java.util.List;
import java.util.Locale;

/**
 * The reasons for which a record is refused: what was wrong and what to do. They name tables and
 * columns and never repeat a value.
 */
final class DecodeErrors {

  private DecodeErrors() {}

  /** Jackson's own message may quote the payload: only the place is taken from it. */
  static Broken noJson(JsonProcessingException e) {
    JsonLocation at = e.getLocation();
    return new Broken(
        null,
        "The value is not a JSON document"
            + (at == null || at.getByteOffset() < 0
                ? "."
                : ": it breaks at byte " + at.getByteOffset() + ".")
            + " Larder reads what Kafka Connect's JsonConverter writes; look at the connector's"
            + " value.converter and at who else writes to the topic.");
  }

  static Broken noEvent(String found) {
    return new Broken(
        null,
        "The value is JSON, but no Debezium event: "
            + found
            + ". Look at who else writes to the topic, and at the connector's transforms: Larder"
            + " reads the whole envelope.");
  }

  static Broken noPlace(TableId table, String field) {
    return new Broken(
        table.toString(),
        "The event of "
            + table
            + " has no usable source."
            + field
            + ", so its place in the order of changes is not known. Let the connector write the"
            + " whole source block.");
  }

  static Broken noImage(TableId table, String operation, String image) {
    return new Broken(
        table.toString(),
        "The event \""
            + operation
            + "\" of "
            + table
            + " has no row \""
            + image
            + "\". Set binlog_row_image=FULL in MySQL and let no transform drop it.");
  }

  static Broken unknownOperation(TableId table) {
    return new Broken(
        table.toString(),
        "The event of " + table + " has an unknown operation. Known are c, u, d, r and t.");
  }

  static Broken unknownSource(Envelope event, List<LogSource> sources) {
    return new Broken(
        null,
        "The event comes from server \""
            + event.server
            + "\", database \""
            + event.database
            + "\", which belongs to no source. Known are "
            + sources.stream().map(s -> s.server() + "/" + s.database()).sorted().toList()
            + ". Name it in the model, or leave its topic out.");
  }

  static UnknownTable unknownTable(TableId table) {
    return new UnknownTable(
        table.toString(),
        "The catalogue has no table "
            + table
            + " and the event has no schema. Read the catalogue again; if the table was dropped"
            + " since, its columns must be given by hand.");
  }

  static UnknownColumn unknownColumn(TableId table, String column) {
    return new UnknownColumn(
        table.toString(),
        column,
        "The event of "
            + table
            + " has a column \""
            + column
            + "\" that the catalogue does not have. Read the catalogue again; if the column was"
            + " dropped or renamed since, it must be given by hand.");
  }

  static Broken columnTwice(TableId table, String column) {
    return new Broken(
        table.toString(),
        "The event of " + table + " has the column \"" + column + "\" twice in one row.");
  }

  static Broken noRow(TableId table) {
    return new Broken(table.toString(), "The event of " + table + " has an image that is no row.");
  }

  static Broken unfit(TableId table, String column, String expected, JsonToken found) {
    return new Broken(
        table.toString(),
        "The event of "
            + table
            + " has in column \""
            + column
            + "\" "
            + name(found)
            + " where the catalogue and the connector's modes expect "
            + expected
            + ". Compare the connector's settings and read the catalogue again.");
  }

  private static String name(JsonToken token) {
    return switch (token) {
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT -> "an integer";
      case VALUE_NUMBER_FLOAT -> "a fraction";
      case VALUE_TRUE, VALUE_FALSE -> "a truth value";
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
      case START_ARRAY, END_ARRAY -> "an array";
      case VALUE_EMBEDDED_OBJECT -> "bytes";
      default -> token.name().toLowerCase(Locale.ROOT);
    };
  }

  static Broken unreadableSchema(String problem) {
    return new Broken(
        null, "The schema in the event cannot be read: " + problem + ". It must be Connect's own.");
  }

  /**
   * @param found what the bytes say; never a value of the record
   * @param at the byte at which it was seen
   */
  static Broken brokenAvro(String found, int at) {
    return new Broken(
        null,
        "The value is not what its Avro schema says: "
            + found
            + " (at byte "
            + at
            + "). Look at who else writes to the topic, and whether --schemaRegistry is the one"
            + " that the converter writes to.");
  }

  static Broken noRegistry(int schema) {
    return new Broken(
        null,
        "The value is Avro with the schema "
            + schema
            + " of a registry, and no registry is given. Give --schemaRegistry=http://HOST:8081,"
            + " then `larder replay`.");
  }

  static Broken unknownSchema(int schema) {
    return new Broken(
        null,
        "The value is Avro with the schema "
            + schema
            + ", which the schema registry does not have. Give the registry that the converter"
            + " writes to as --schemaRegistry, then `larder replay`.");
  }
}
