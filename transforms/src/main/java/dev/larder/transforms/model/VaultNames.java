package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import java.util.ArrayList;
import java.util.List;

/** Names of the vault's tables and columns, all derived from the model. */
public final class VaultNames {
  public static final String HASH_DIFF = "hashdiff";
  public static final String LOADED_AT = "_loaded_at";
  public static final String SEQUENCE = "_seq";
  public static final String RECORD_SOURCE = "record_source";
  public static final String STATUS = "status";
  public static final String CURRENT = "Current";
  public static final String EFFECTIVE_FROM = "EffectiveFrom";
  public static final String EFFECTIVE_TO = "EffectiveTo";

  /** Of a satellite whose deletes are flagged: whether the source has deleted the row. */
  public static final String DELETED = "deleted";

  /** Of an XTS: the satellite in which a payload was seen. */
  public static final String SATELLITE = "satellite";

  /** Of a transaction link with corrections: 1, or -1 in a row that takes another back. */
  public static final String COUNTER = "counter";

  private static final String VAULT = "vault/";

  private VaultNames() {}

  public static String hub(String hub) {
    return VAULT + "hub_" + hub;
  }

  public static String link(String link) {
    return VAULT + "link_" + link;
  }

  public static String satellite(String satellite) {
    return VAULT + "sat_" + satellite;
  }

  /** The table of a satellite, by its kind. */
  public static String satellite(Satellite satellite) {
    String prefix =
        switch (satellite.kind()) {
          case STANDARD, MULTI_ACTIVE, EFFECTIVITY -> "sat_";
          case STATUS -> "sts_";
          case RECORD_TRACKING -> "rts_";
          case SIGHTINGS -> "xts_";
        };
    return VAULT + prefix + satellite.name();
  }

  public static String reference(String reference) {
    return VAULT + "ref_" + reference;
  }

  public static String pit(String pit) {
    return VAULT + "pit_" + pit;
  }

  public static String bridge(String bridge) {
    return VAULT + "bridge_" + bridge;
  }

  public static String business(String satellite) {
    return VAULT + "bsat_" + satellite;
  }

  /** The status satellite of a hub or link, as one table of a source tells it. */
  public static String status(String parent, TableId table) {
    return VAULT + "sts_" + parent + "_" + table.source() + "_" + table.table();
  }

  public static String history(String history) {
    return VAULT + history;
  }

  /** The hash key column of a hub or link. */
  public static String hashKey(String hubOrLink) {
    return hubOrLink + "_hk";
  }

  /** Columns that hubs, links and satellites have besides those that the model names. */
  static List<String> technical() {
    return List.of(HASH_DIFF, LOADED_AT, SEQUENCE, RECORD_SOURCE);
  }

  /** Columns that a satellite has besides those that the model names, by its kind and policies. */
  static List<String> technical(Satellite satellite) {
    List<String> names = new ArrayList<>(technical());
    names.add(hashKey(satellite.parent()));
    boolean isFlaggedRow =
        satellite.kind() == Satellite.Kind.MULTI_ACTIVE
            && satellite.grain() == Satellite.Grain.ROW
            && satellite.load() == Satellite.Load.INSERT_ONLY;
    if (satellite.deletes() == Satellite.Deletes.FLAG || isFlaggedRow) {
      names.add(DELETED);
    }
    if (satellite.load() == Satellite.Load.SCD2) {
      names.addAll(technicalOfHistory());
    }
    return names;
  }

  /** Columns that a history has besides those that the model names. */
  static List<String> technicalOfHistory() {
    return List.of(CURRENT, EFFECTIVE_FROM, EFFECTIVE_TO);
  }
}
