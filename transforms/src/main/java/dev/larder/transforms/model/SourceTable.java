package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import java.io.Serializable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a table of a source feeds the vault.
 *
 * @param declaredKey columns that identify a row where the table itself has no key; else empty
 * @param load how its transaction links are loaded
 */
public record SourceTable(
    TableId id,
    List<String> declaredKey,
    Load load,
    List<HubMapping> hubs,
    List<LinkMapping> links,
    List<Satellite> satellites,
    List<History> histories)
    implements Serializable {

  /** How events are added: the original team's two modes. */
  public enum Load {
    /** "Without deduplication": every event is added. */
    APPEND,
    /** "With deduplication": the first event of a key is added, later ones are ignored. */
    DEDUP
  }

  /** What becomes of a row of which no part of a hub's business key is there. */
  public enum WhenNull {
    /** What needs the key is not loaded, and the record goes to the dead letters. */
    REJECT,
    /** Links point to the hub's key {@code 00...0}. */
    UNKNOWN,
    /** Links point to the hub's key {@code ff...f}. */
    ERROR
  }

  /**
   * How the business key of a hub is read from a row.
   *
   * @param parts one expression for each part of the hub's key, in its order
   */
  public record HubMapping(String hub, List<KeyExpression> parts, WhenNull whenNull)
      implements Serializable {
    public HubMapping {
      parts = List.copyOf(parts);
    }
  }

  /**
   * How a link is read from a row; its hubs are mapped by the same table.
   *
   * @param child one expression for each child key, in the link's order
   * @param columns the payload of a transaction; empty for a relation
   * @param applied the column with the time at which the event happened, or null
   */
  public record LinkMapping(
      String link, List<KeyExpression> child, ColumnChoice columns, String applied)
      implements Serializable {
    public LinkMapping {
      child = List.copyOf(child);
    }
  }

  /**
   * A satellite: the history of a payload, insert-only.
   *
   * @param parent the hub or link it describes
   * @param columns tracked columns in the order in which they are hashed
   * @param untracked columns that are stored with a version and cause none
   */
  public record Satellite(String name, String parent, ColumnChoice columns, List<String> untracked)
      implements Serializable {
    public Satellite {
      untracked = List.copyOf(untracked);
    }
  }

  /**
   * A history with stored ends (SCD2).
   *
   * @param key columns that identify what has versions
   * @param columns columns whose change makes a version
   */
  public record History(String name, ColumnChoice key, ColumnChoice columns)
      implements Serializable {}

  public SourceTable {
    declaredKey = List.copyOf(declaredKey);
    hubs = List.copyOf(hubs);
    links = List.copyOf(links);
    satellites = List.copyOf(satellites);
    histories = List.copyOf(histories);
  }

  /** The columns that any key expression reads. */
  public Set<String> keyColumns() {
    Set<String> columns = new LinkedHashSet<>();
    hubs.forEach(hub -> hub.parts().forEach(part -> columns.addAll(part.columns())));
    links.forEach(link -> link.child().forEach(part -> columns.addAll(part.columns())));
    return columns;
  }
}
