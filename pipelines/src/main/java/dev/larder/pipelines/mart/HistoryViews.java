package dev.larder.pipelines.mart;

import static dev.larder.pipelines.mart.DuckDb.quoted;

import dev.larder.io.changes.Values;
import dev.larder.transforms.model.VaultNames;
import java.util.List;
import java.util.stream.Collectors;

/** Views that derive from insert-only rows what other loads store. */
final class HistoryViews {

  private HistoryViews() {}

  /**
   * Versions with their ends: equal neighbours are one, of several with one load time the last
   * stands.
   */
  static String ofVersions(String view, List<String> key, String order, long openEnd) {
    String window = window(key, order);
    return String.format(
        "CREATE VIEW %s AS SELECT *, %s AS _valid_from,"
            + " coalesce(lead(%s) OVER %s, TIMESTAMPTZ '%s') AS _valid_to,"
            + " lead(%s) OVER %s IS NULL AS _is_current"
            + " FROM (SELECT * FROM %s"
            + " QUALIFY row_number() OVER %s = 1 OR %s IS DISTINCT FROM lag(%s) OVER %s)"
            + " QUALIFY lead(%s) OVER %s IS NULL OR %s < lead(%s) OVER %s",
        quoted(view + "_history"),
        VaultNames.LOADED_AT,
        VaultNames.LOADED_AT,
        window,
        Values.instant(openEnd),
        VaultNames.LOADED_AT,
        window,
        quoted(view),
        window,
        VaultNames.HASH_DIFF,
        VaultNames.HASH_DIFF,
        window,
        VaultNames.LOADED_AT,
        window,
        VaultNames.LOADED_AT,
        VaultNames.LOADED_AT,
        window);
  }

  /** The last version of each key, whether it lives or not. */
  static String ofLatest(String view, List<String> key, String order) {
    return String.format(
        "CREATE VIEW %s AS SELECT * FROM %s QUALIFY row_number() OVER %s = 1",
        quoted(view + "_current"), quoted(view), window(key, order + " DESC"));
  }

  /** Statuses with R for a key that comes back: I after D. */
  static String ofStatus(String view, String key) {
    String window = window(List.of(key), VaultNames.SEQUENCE);
    return String.format(
        "CREATE VIEW %s AS SELECT * REPLACE (CASE WHEN %s = 'I' AND lag(%s) OVER %s = 'D'"
            + " THEN 'R' ELSE %s END AS %s) FROM %s",
        quoted(view + "_history"),
        VaultNames.STATUS,
        VaultNames.STATUS,
        window,
        VaultNames.STATUS,
        VaultNames.STATUS,
        quoted(view));
  }

  private static String window(List<String> key, String order) {
    return "(PARTITION BY "
        + key.stream().map(DuckDb::quoted).collect(Collectors.joining(", "))
        + " ORDER BY "
        + order
        + ")";
  }
}
