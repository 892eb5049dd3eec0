package dev.larder.pipelines.verify;

import static dev.larder.pipelines.verify.Comparison.column;

import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.Hub;
import dev.larder.transforms.model.KeyExpression;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.VaultModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In SQL, what the model makes of the rows of a source table, whose name in a query is {@value
 * #ALIAS}: business keys, and which of the rows the vault must have.
 *
 * @param columns of the source table now
 */
record SourceRows(VaultModel model, SourceTable table, RowSchema columns) {
  static final String ALIAS = "s";

  /** A business key of a row, by the names of its parts. */
  Map<String, String> key(HubMapping mapping) {
    Hub hub = model.hub(mapping.hub());
    Map<String, String> key = new LinkedHashMap<>();
    for (int i = 0; i < hub.key().size(); i++) {
      String part = KeySql.part(mapping.parts().get(i), hub.normal(), ALIAS, columns);
      key.put(hub.key().get(i), Alike.key(model, part));
    }
    return key;
  }

  /** A column is kept with its type, and is compared so; texts and what functions give as text. */
  String child(KeyExpression expression) {
    return expression instanceof KeyExpression.Name name
            && columns.column(columns.position(name.column())).type().kind() != Kind.STRING
        ? "CAST(" + column(ALIAS, name.column()) + " AS VARCHAR)"
        : KeySql.part(expression, Normalisation.NONE, ALIAS, columns);
  }

  /** How the table feeds a hub. */
  HubMapping hub(String hub) {
    return table.hubs().stream()
        .filter(mapping -> mapping.hub().equals(hub))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(table.id() + " does not map hub " + hub));
  }

  /** How the table feeds a link. */
  LinkMapping link(String link) {
    return table.links().stream()
        .filter(mapping -> mapping.link().equals(link))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(table.id() + " does not map link " + link));
  }

  /**
   * Rows without any part of a key that must be there are in the dead letters, not in the vault.
   */
  String whereLoaded(List<HubMapping> hubs) {
    return where(loaded(hubs));
  }

  /** The same as conditions. */
  List<String> loaded(List<HubMapping> hubs) {
    return hubs.stream()
        .filter(
            mapping ->
                mapping.whenNull() == SourceTable.WhenNull.REJECT
                    || mapping.whenNull() == SourceTable.WhenNull.SKIP)
        .map(mapping -> "coalesce(" + String.join(", ", key(mapping).values()) + ") IS NOT NULL")
        .toList();
  }

  static String where(List<String> conditions) {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Rows that have any part of a key. */
  static String where(Map<String, String> key) {
    return " WHERE coalesce(" + String.join(", ", key.values()) + ") IS NOT NULL";
  }
}
