package dev.larder.transforms.vault;

import static dev.larder.transforms.vault.ColumnLists.ends;
import static dev.larder.transforms.vault.ColumnLists.joined;
import static dev.larder.transforms.vault.ColumnLists.names;
import static dev.larder.transforms.vault.ColumnLists.scd2;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.LoadRule;
import dev.larder.transforms.model.VaultNames;
import java.util.List;

/**
 * The structures of a Data Vault that hold keys, events and codes (RULES 2, 3, 11 and 12), each
 * with its load rule; those that describe keys are in {@link Satellites}.
 */
public final class Structures {

  private Structures() {}

  /** The first row of a hash key stays (RULES 2). */
  public record Hub(Column hashKey, List<Column> carried, Stamps stamps) implements VaultStructure {
    public Hub {
      carried = List.copyOf(carried);
    }

    @Override
    public List<Column> columns() {
      return joined(List.of(hashKey), carried, stamps.columns());
    }

    @Override
    public LoadRule rule() {
      return new LoadRule.InsertIfAbsent(names(hashKey));
    }

    @Override
    public List<String> required() {
      return names(hashKey);
    }
  }

  /**
   * The first row of a hash key stays; a row without one of its hubs is not loaded (RULES 3).
   *
   * @param roles hash keys of the hubs
   * @param carried dependent child keys and whatever else comes with a row
   */
  public record Link(Column hashKey, List<Column> roles, List<Column> carried, Stamps stamps)
      implements VaultStructure {
    public Link {
      roles = List.copyOf(roles);
      carried = List.copyOf(carried);
    }

    @Override
    public List<Column> columns() {
      return joined(List.of(hashKey), roles, carried, stamps.columns());
    }

    @Override
    public LoadRule rule() {
      return new LoadRule.InsertIfAbsent(names(hashKey));
    }

    @Override
    public List<String> required() {
      return names(joined(List.of(hashKey), roles));
    }
  }

  /** How a transaction link takes events. */
  public enum Events {
    /** Every event is added. */
    APPENDED,
    /** The first event of a key stays. */
    FIRST,
    /** A changed event is taken back by a row with counter -1 and added anew; so is a delete. */
    COUNTED
  }

  /** A non-historised link: events with their payload (RULES 3). */
  public record Transaction(Link link, List<Column> payload, Events events)
      implements VaultStructure {
    public Transaction {
      payload = List.copyOf(payload);
    }

    @Override
    public List<Column> columns() {
      List<Column> counter =
          events == Events.COUNTED
              ? List.of(Column.required(VaultNames.COUNTER, ColumnType.INT))
              : List.of();
      return joined(link.columns(), counter, payload);
    }

    @Override
    public LoadRule rule() {
      List<String> key = names(link.hashKey());
      return switch (events) {
        case APPENDED -> new LoadRule.Append();
        case FIRST -> new LoadRule.InsertIfAbsent(key);
        case COUNTED ->
            new LoadRule.Countered(
                key,
                names(payload),
                link.stamps().order(),
                VaultNames.COUNTER,
                link.stamps().stamped());
      };
    }

    @Override
    public List<String> required() {
      return link.required();
    }
  }

  /** What becomes of a reference whose meaning changes. */
  public enum Meanings {
    /** The first stays. */
    FIRST,
    /** Each is added. */
    ALL
  }

  /** Codes and what they mean, by their natural key (RULES 11). */
  public record Reference(List<Column> key, List<Column> payload, Stamps stamps, Meanings meanings)
      implements VaultStructure {
    public Reference {
      key = List.copyOf(key);
      payload = List.copyOf(payload);
    }

    @Override
    public List<Column> columns() {
      return joined(key, stamps.columns(), payload);
    }

    @Override
    public LoadRule rule() {
      return meanings == Meanings.FIRST
          ? new LoadRule.InsertIfAbsent(names(key))
          : new LoadRule.InsertIfChanged(names(key), stamps.order(), names(payload));
    }

    @Override
    public List<String> required() {
      return names(key);
    }
  }

  /**
   * One timeline by natural key with stored ends (RULES 12).
   *
   * @param stamps columns that are stored besides; may be empty
   */
  public record History(List<Column> key, List<Column> stamps, List<Column> payload, long openEnd)
      implements VaultStructure {
    public History {
      key = List.copyOf(key);
      stamps = List.copyOf(stamps);
      payload = List.copyOf(payload);
    }

    @Override
    public List<Column> columns() {
      return joined(key, stamps, payload, ends());
    }

    @Override
    public LoadRule rule() {
      return scd2(names(key), names(payload), List.of(), openEnd);
    }

    @Override
    public List<String> required() {
      return names(key);
    }
  }
}
