package dev.larder.transforms.model;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/**
 * The history of what one source table says of a hub or link.
 *
 * @param parent the hub or link it describes
 * @param columns tracked columns in the order in which they are hashed; none for the kinds without
 *     a payload
 * @param untracked columns that are stored with a version and cause none
 * @param masked columns of the payload that are stored as keyed hashes only
 * @param child columns that tell the rows of one key apart; only of {@link Kind#MULTI_ACTIVE}
 * @param tracks satellites of the same parent whose sightings it keeps; only of {@link
 *     Kind#SIGHTINGS}
 * @param start column with the time from which a relation holds, or null: that of the change; only
 *     of {@link Kind#EFFECTIVITY}
 * @param end column with the time until which it holds, or null: that of the change; only of {@link
 *     Kind#EFFECTIVITY}
 */
public record Satellite(
    String name,
    String parent,
    Kind kind,
    ColumnChoice columns,
    List<String> untracked,
    List<String> masked,
    List<String> child,
    Grain grain,
    Load load,
    Deletes deletes,
    Late late,
    List<String> tracks,
    String start,
    String end)
    implements Serializable {

  public Satellite {
    untracked = List.copyOf(untracked);
    masked = List.copyOf(masked);
    child = List.copyOf(child);
    tracks = List.copyOf(tracks);
  }

  /** Whether its versions are whole sets of rows. */
  public boolean isOfSets() {
    return kind == Kind.MULTI_ACTIVE && grain == Grain.SET;
  }

  /** Whether a key has one version at a time: a row, or a set of them. */
  public boolean hasVersionsOfKeys() {
    return kind == Kind.STANDARD || isOfSets();
  }

  /** What a row of the satellite tells. */
  public enum Kind {
    /** One payload a key. */
    STANDARD,
    /** Several payloads of one key at the same time. */
    MULTI_ACTIVE,
    /** From when to when a relation held. */
    EFFECTIVITY,
    /** Inserted, updated, deleted. */
    STATUS,
    /** In which deliveries a key was seen. */
    RECORD_TRACKING,
    /** In which deliveries which payloads of which satellites were seen: an XTS. */
    SIGHTINGS("xts");

    private final String id;

    Kind() {
      this.id = name().toLowerCase(Locale.ROOT);
    }

    Kind(String id) {
      this.id = id;
    }

    /** The name in a model file. */
    public String id() {
      return id;
    }

    /** Whether rows carry columns of the source. */
    public boolean hasPayload() {
      return this == STANDARD || this == MULTI_ACTIVE;
    }
  }

  /** What is compared in a multi-active satellite. */
  public enum Grain {
    /** All rows of a key together: any difference stores the whole set anew. */
    SET,
    /** Each row by its key and its child columns. */
    ROW
  }

  /** How versions are stored. */
  public enum Load {
    /** Rows are only added; a version ends where the next begins. */
    INSERT_ONLY,
    /** Each version has its end in the table, and one is marked as current. */
    SCD2
  }

  /** What becomes of a row that the source deletes. */
  public enum Deletes {
    /** The status satellite tells it. */
    TRACK,
    /** A version with {@code deleted = true} is added; the status satellite tells it too. */
    FLAG,
    /** The current version ends; the status satellite tells it too. Only of {@link Load#SCD2}. */
    CLOSE,
    /** Nothing, and this satellite is no reason to keep a status satellite. */
    IGNORE
  }

  /**
   * What becomes of a row that comes when a newer version of its key is stored; of satellites whose
   * versions belong to a key, not of sets.
   */
  public enum Late {
    /** It takes its place in the history. */
    INSERT,
    /** It is left out; a dead letter says so, with which nothing is to be done. */
    REJECT,
    /** It is left out; its dead letter may be replayed, and it takes its place. */
    QUARANTINE
  }
}
