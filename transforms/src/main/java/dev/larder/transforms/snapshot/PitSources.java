package dev.larder.transforms.snapshot;

import dev.larder.io.changes.RowSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Which of a PIT's inputs a table is, and where its columns are. */
final class PitSources implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Keys of the hub or link. */
  static final int PARENT = 0;

  /** Keys that the PIT has already. */
  static final int KNOWN = 1;

  /** The first satellite; the others follow. */
  static final int SATELLITES = 2;

  private final PitSpec spec;

  PitSources(PitSpec spec) {
    this.spec = spec;
  }

  /**
   * @throws IllegalArgumentException if the PIT is not made of the table
   */
  int source(String table) {
    if (table.equals(spec.parent().table())) {
      return PARENT;
    } else if (table.equals(spec.table())) {
      return KNOWN;
    }
    for (int i = 0; i < spec.satellites().size(); i++) {
      if (table.equals(spec.satellites().get(i).table())) {
        return SATELLITES + i;
      }
    }
    throw new IllegalArgumentException(
        spec.table() + " is not made of " + table + ", but of " + tables());
  }

  private List<String> tables() {
    List<String> tables = new ArrayList<>(List.of(spec.parent().table()));
    spec.satellites().forEach(satellite -> tables.add(satellite.table()));
    return tables;
  }

  /** The position of the hash key in rows of a source. */
  int hashKey(int source, RowSchema rows) {
    return rows.position(
        switch (source) {
          case PARENT -> spec.parent().hashKey();
          case KNOWN -> spec.parent().column();
          default -> satellite(source).stored().hashKey();
        });
  }

  /** The position of the load time; -1 where none counts. */
  int loadedAt(int source, RowSchema rows) {
    return source < SATELLITES ? -1 : rows.position(satellite(source).stored().loadedAt());
  }

  /** The position of the sequence; -1 where none counts. */
  int sequence(int source, RowSchema rows) {
    return source < SATELLITES || !satellite(source).stored().hasSequence()
        ? -1
        : rows.position(satellite(source).stored().sequence());
  }

  private PitSpec.Satellite satellite(int source) {
    return spec.satellites().get(source - SATELLITES);
  }
}
