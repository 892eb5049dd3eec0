package dev.larder.io.kafka.debezium;

import dev.larder.io.changes.ChangeRecord;
import java.util.Objects;

/** What became of one Kafka record. */
public sealed interface Decoded {

  /** A change of a row, or of a whole table (TRUNCATE). */
  record Change(ChangeRecord record) implements Decoded {
    public Change {
      Objects.requireNonNull(record, "record");
    }
  }

  /** A record that says nothing about a row and is skipped on purpose. */
  enum Ignored implements Decoded {
    /** A record without value: what log compaction leaves of a deleted key. */
    TOMBSTONE,
    /** The connector's sign of life. */
    HEARTBEAT,
    /** A change of a table that is not wanted. */
    OTHER_TABLE,
    /** The begin or end of a source transaction. */
    TRANSACTION,
    /** DDL: the catalogue is asked for the new columns when an event needs them. */
    SCHEMA_CHANGE
  }

  /** A record that cannot be decoded. */
  sealed interface Failure extends Decoded {

    /** The table as {@code source.table} where it is known, else null. */
    String table();

    /** What was wrong and what to do; never with a value of the record. */
    String reason();
  }

  /** The record is no event, or its values do not fit the columns. */
  record Broken(String table, String reason) implements Failure {
    public Broken {
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** The event has a column that the catalogue does not: reading the catalogue again may help. */
  record UnknownColumn(String table, String column, String reason) implements Failure {
    public UnknownColumn {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(column, "column");
      Objects.requireNonNull(reason, "reason");
    }
  }

  /** The catalogue does not have the table: reading the catalogue again may help. */
  record UnknownTable(String table, String reason) implements Failure {
    public UnknownTable {
      Objects.requireNonNull(table, "table");
      Objects.requireNonNull(reason, "reason");
    }
  }
}
