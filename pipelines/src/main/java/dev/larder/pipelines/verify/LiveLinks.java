package dev.larder.pipelines.verify;

import static dev.larder.pipelines.mart.DuckDb.quoted;
import static dev.larder.pipelines.verify.Comparison.column;

import dev.larder.io.changes.TableId;
import dev.larder.pipelines.mart.VaultViews;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import java.util.stream.Collectors;

/** In SQL, the links that the vault says are there, with the business keys of their hubs. */
final class LiveLinks {
  private LiveLinks() {}

  /**
   * The latest row of each key that lives, as far as the vault keeps that; of counted events one
   * that is not a reversal.
   */
  static String from(VaultModel model, TableId source, Link link) {
    String key = quoted(VaultNames.hashKey(link.name()));
    boolean isCounted =
        link.kind() == Link.Kind.TRANSACTION && link.corrections() == Link.Corrections.COUNTER;
    return " FROM (SELECT * FROM "
        + quoted(VaultViews.name(VaultNames.link(link.name())))
        + (model.tracksLinks() ? semiJoinOfLive(source, link, key) : "")
        + (isCounted ? " WHERE " + quoted(VaultNames.COUNTER) + " > 0" : "")
        + " QUALIFY row_number() OVER (PARTITION BY "
        + key
        + " ORDER BY "
        + quoted(VaultNames.SEQUENCE)
        + " DESC) = 1) AS l"
        + hubs(link);
  }

  private static String semiJoinOfLive(TableId source, Link link, String key) {
    String status = VaultViews.name(VaultNames.status(link.name(), source));
    return " SEMI JOIN " + quoted(status + "_live") + " USING (" + key + ")";
  }

  /** A hub's zero key (a business key that the source does not have) finds no hub row. */
  static String hubs(Link link) {
    return link.roles().stream()
        .map(
            role ->
                " LEFT JOIN "
                    + quoted(VaultViews.name(VaultNames.hub(role.hub())))
                    + " AS "
                    + quoted("h_" + role.name())
                    + " ON "
                    + column("l", VaultNames.hashKey(role.name()))
                    + " = "
                    + column("h_" + role.name(), VaultNames.hashKey(role.hub())))
        .collect(Collectors.joining());
  }
}
