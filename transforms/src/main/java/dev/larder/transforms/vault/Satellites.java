package dev.larder.transforms.vault;

import static dev.larder.transforms.vault.ColumnLists.ends;
import static dev.larder.transforms.vault.ColumnLists.flag;
import static dev.larder.transforms.vault.ColumnLists.joined;
import static dev.larder.transforms.vault.ColumnLists.names;
import static dev.larder.transforms.vault.ColumnLists.scd2;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.LoadRule;
import dev.larder.io.changes.LoadRule.Others;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The structures of a Data Vault that describe the keys of hubs and links (RULES 4 to 8 and 12),
 * each with its load rule.
 */
public final class Satellites {

  private Satellites() {}

  /** What a delete leaves in a satellite. */
  public enum Deletes {
    /** Nothing. */
    NOTHING,
    /** A version without payload with {@code deleted = true}; all others have {@code false}. */
    FLAG
  }

  /** A row is added if its hash diff differs from the one before it in order (RULES 4). */
  public record Satellite(
      Column hashKey, Column hashDiff, List<Column> payload, Stamps stamps, Deletes deletes)
      implements VaultStructure {
    public Satellite {
      payload = List.copyOf(payload);
    }

    @Override
    public List<Column> columns() {
      return joined(List.of(hashKey, hashDiff), stamps.columns(), flag(deletes), payload);
    }

    @Override
    public LoadRule rule() {
      return new LoadRule.InsertIfChanged(names(hashKey), stamps.order(), names(hashDiff));
    }

    @Override
    public List<String> required() {
      return names(hashKey);
    }
  }

  /**
   * A satellite whose versions have stored ends (RULES 12).
   *
   * @param versions the same without ends; its rule is {@link LoadRule.InsertIfChanged}
   * @param untracked columns of the payload that are not in the hash diff: a version has them from
   *     its last row (RULES 4)
   * @param openEnd the end of a version that has none, microseconds since the epoch, UTC
   */
  public record Scd2Satellite(VaultStructure versions, List<String> untracked, long openEnd)
      implements VaultStructure {
    public Scd2Satellite {
      untracked = List.copyOf(untracked);
    }

    @Override
    public List<Column> columns() {
      return joined(versions.columns(), ends());
    }

    @Override
    public LoadRule rule() {
      LoadRule.InsertIfChanged changed = (LoadRule.InsertIfChanged) versions.rule();
      return scd2(changed.key(), changed.compared(), untracked, openEnd);
    }

    @Override
    public List<String> required() {
      return versions.required();
    }
  }

  /**
   * The rows of one key and one order are a set, which is added whole if it differs from the set
   * before it (RULES 5).
   *
   * @param child columns that tell the rows of a set apart
   */
  public record MultiActiveSet(
      Column hashKey, Column hashDiff, List<Column> child, List<Column> payload, Stamps stamps)
      implements VaultStructure {
    public MultiActiveSet {
      child = List.copyOf(child);
      payload = List.copyOf(payload);
    }

    @Override
    public List<Column> columns() {
      return joined(List.of(hashKey, hashDiff), child, stamps.columns(), payload);
    }

    @Override
    public LoadRule rule() {
      return new LoadRule.InsertIfSetChanged(
          names(hashKey), names(child), stamps.order(), names(hashDiff));
    }

    @Override
    public List<String> required() {
      return names(joined(List.of(hashKey), child));
    }
  }

  /** Each row of a key has versions of its own, by its child key (RULES 5). */
  public record MultiActiveRows(
      Column hashKey,
      Column hashDiff,
      List<Column> child,
      List<Column> payload,
      Stamps stamps,
      Deletes deletes)
      implements VaultStructure {
    public MultiActiveRows {
      child = List.copyOf(child);
      payload = List.copyOf(payload);
    }

    @Override
    public List<Column> columns() {
      return joined(List.of(hashKey, hashDiff), child, stamps.columns(), flag(deletes), payload);
    }

    @Override
    public LoadRule rule() {
      return new LoadRule.InsertIfChanged(
          names(joined(List.of(hashKey), child)), stamps.order(), names(hashDiff));
    }

    @Override
    public List<String> required() {
      return names(joined(List.of(hashKey), child));
    }
  }

  /**
   * From when to when a relation held: rows that open it and rows that close it (RULES 6).
   *
   * @param driving keys of which one has one relation (or one complete set of them) at a time
   * @param others the link's other keys
   * @param open columns with start and end of what a row opens
   * @param absent what becomes of relations of a driving key that are not in a batch
   */
  public record Effectivity(
      Column hashKey,
      List<Column> driving,
      List<Column> others,
      Period open,
      Stamps stamps,
      Others absent)
      implements VaultStructure {
    public Effectivity {
      driving = List.copyOf(driving);
      others = List.copyOf(others);
    }

    /**
     * @param openEnd the end of what is open, microseconds since the epoch, UTC
     */
    public record Period(Column start, Column end, long openEnd) implements Serializable {}

    @Override
    public List<Column> columns() {
      return joined(
          List.of(hashKey), driving, others, List.of(open.start(), open.end()), stamps.columns());
    }

    @Override
    public LoadRule rule() {
      return new LoadRule.Effectivity(
          names(driving),
          names(hashKey),
          stamps.order(),
          open.start().name(),
          open.end().name(),
          open.openEnd(),
          absent,
          stamps.stamped());
    }

    @Override
    public List<String> required() {
      return names(joined(List.of(hashKey), driving, others));
    }
  }

  /** What a status satellite keeps of a key. */
  public enum Kept {
    /** A row where the status is another than before. */
    CHANGES,
    /** A row for every event. */
    EVENTS
  }

  /**
   * Whether a key lives: inserted, updated, deleted (RULES 7).
   *
   * @param status column with {@code I}, {@code U} or {@code D}
   */
  public record Status(Column hashKey, Column status, Stamps stamps, Kept kept)
      implements VaultStructure {
    @Override
    public List<Column> columns() {
      return joined(List.of(hashKey, status), stamps.columns());
    }

    @Override
    public LoadRule rule() {
      List<String> compared =
          kept == Kept.EVENTS ? List.of(status.name(), stamps.order()) : names(status);
      return new LoadRule.InsertIfChanged(names(hashKey), stamps.order(), compared);
    }

    @Override
    public List<String> required() {
      return names(hashKey, status);
    }
  }

  /**
   * In which deliveries a key was seen: a row for each key and each value of {@code delivery}
   * (RULES 8).
   *
   * @param delivery names of stamps that tell deliveries apart
   */
  public record RecordTracking(Column hashKey, List<String> delivery, Stamps stamps)
      implements VaultStructure {
    public RecordTracking {
      delivery = List.copyOf(delivery);
    }

    @Override
    public List<Column> columns() {
      return joined(List.of(hashKey), stamps.columns());
    }

    @Override
    public LoadRule rule() {
      List<String> key = new ArrayList<>(names(hashKey));
      key.addAll(delivery);
      return new LoadRule.InsertIfAbsent(key);
    }

    @Override
    public List<String> required() {
      return names(hashKey);
    }
  }

  /**
   * Which payloads of which satellites were seen when (XTS): a row for each key, hash diff,
   * satellite and order (RULES 8).
   *
   * @param satellite column with the satellite's name
   */
  public record Sightings(Column hashKey, Column hashDiff, Column satellite, Stamps stamps)
      implements VaultStructure {
    @Override
    public List<Column> columns() {
      return joined(List.of(hashKey, hashDiff, satellite), stamps.columns());
    }

    @Override
    public LoadRule rule() {
      List<String> key = new ArrayList<>(names(hashKey, hashDiff, satellite));
      key.add(stamps.order());
      return new LoadRule.InsertIfAbsent(key);
    }

    @Override
    public List<String> required() {
      return names(hashKey);
    }
  }
}
