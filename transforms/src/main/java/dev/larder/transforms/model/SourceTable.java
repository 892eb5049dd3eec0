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
 * @param reading which of its columns and rows come into the lake
 * @param load how its transaction links are loaded
 * @param extract what rows that are read, rather than changes, say about rows that are not there
 * @param loadTime column with the load time where the rows bring it, or null: the time of the
 *     change's commit
 * @param onAlter what becomes of changes of the table's columns
 * @param hubs of each hub the mapping by which its key is known under its own name
 * @param reference what the table means as a reference table, or null
 */
public record SourceTable(
    TableId id,
    List<String> declaredKey,
    Reading reading,
    Load load,
    Extract extract,
    String loadTime,
    OnAlter onAlter,
    List<HubMapping> hubs,
    List<LinkMapping> links,
    List<Satellite> satellites,
    List<History> histories,
    Reference reference)
    implements Serializable {

  /** How events are added: the original team's two modes. */
  public enum Load {
    /** "Without deduplication": every event is added. */
    APPEND,
    /** "With deduplication": the first event of a key is added, later ones are ignored. */
    DEDUP
  }

  /** What a batch of rows says about rows that are not in it. */
  public enum Extract {
    /** Nothing. */
    ROWS,
    /** They are not in the source any more. */
    FULL,
    /** Nothing, except that rows with the same driving key as one of the batch are gone. */
    PARTIAL
  }

  /**
   * What becomes of the stream when a table is altered at the source. Bronze keeps whole events
   * under each of them.
   */
  public enum OnAlter {
    /** Every change of a column stops the stream. */
    FAIL,
    /** New and widened columns are taken over, columns that are gone stay; other types stop it. */
    EVOLVE,
    /**
     * Nothing stops: a column of another type keeps its type, values beyond it are dead letters.
     */
    LENIENT,
    /** As LENIENT, and no column is widened. */
    IGNORE
  }

  /** What becomes of a row of which no part of a hub's business key is there. */
  public enum WhenNull {
    /** What needs the key is not loaded, and the record goes to the dead letters. */
    REJECT,
    /** What needs the key is not loaded; that is as it should be. */
    SKIP,
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
   * How the key of one role of a link is read from a row. The key is loaded into the role's hub
   * too.
   *
   * @param mapping the table's own mapping of the hub where the role has none
   */
  public record RoleMapping(String role, HubMapping mapping) implements Serializable {}

  /**
   * How a link is read from a row.
   *
   * @param roles one mapping for each role of the link, in its order
   * @param child one expression for each child key, in the link's order
   * @param columns the payload of a transaction; empty for other links
   * @param applied the column with the time at which the event happened, or null
   */
  public record LinkMapping(
      String link,
      List<RoleMapping> roles,
      List<KeyExpression> child,
      ColumnChoice columns,
      String applied)
      implements Serializable {
    public LinkMapping {
      roles = List.copyOf(roles);
      child = List.copyOf(child);
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
    hubs.forEach(hub -> add(hub, columns));
    links.forEach(link -> link.roles().forEach(role -> add(role.mapping(), columns)));
    links.forEach(link -> link.child().forEach(part -> columns.addAll(part.columns())));
    return columns;
  }

  private static void add(HubMapping hub, Set<String> columns) {
    hub.parts().forEach(part -> columns.addAll(part.columns()));
  }

  /**
   * Whether some of its rows mean something only together with others that did not change: a set is
   * compared as a whole, a driving key of a partial extract has all its relations in it.
   */
  public boolean needsWholeReads() {
    return extract == Extract.PARTIAL || satellites.stream().anyMatch(Satellite::isOfSets);
  }
}
