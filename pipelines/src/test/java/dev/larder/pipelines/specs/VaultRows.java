package dev.larder.pipelines.specs;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a vault as texts. Beside its columns each row has, for a hash key {@code x_hk}, the
 * business keys behind it as {@code x} (parts divided by blanks; {@code unknown}, {@code error}),
 * and {@code at}, the place of {@code _seq}.
 */
final class VaultRows {
  private static final String HASH_KEY = "_hk";

  private final String lake;
  private final VaultModel model;
  private final VaultTables tables;

  /** Business keys by hub or link and the text of the hash key. */
  private final Map<String, Map<String, String>> keys = new HashMap<>();

  VaultRows(String lake, VaultModel model, VaultTables tables) {
    this.lake = lake;
    this.model = model;
    this.tables = tables;
    model.hubs().keySet().forEach(this::hub);
    model.links().keySet().forEach(this::link);
  }

  private void hub(String hub) {
    Map<String, String> known = keys.computeIfAbsent(hub, any -> new HashMap<>());
    for (Map<String, String> row : read(VaultNames.hub(hub))) {
      List<String> parts = new ArrayList<>();
      model.hub(hub).key().forEach(part -> parts.add(row.get(part)));
      known.put(row.get(VaultNames.hashKey(hub)), String.join(" ", texts(parts)));
    }
  }

  private void link(String name) {
    Link link = model.link(name);
    Map<String, String> known = keys.computeIfAbsent(name, any -> new HashMap<>());
    for (Map<String, String> row : rows(VaultNames.link(name))) {
      List<String> parts = new ArrayList<>();
      link.roles().forEach(role -> parts.add(row.get(role.name())));
      link.child().forEach(child -> parts.add(row.get(child)));
      known.put(row.get(VaultNames.hashKey(name)), String.join(" ", texts(parts)));
    }
  }

  private static List<String> texts(List<String> parts) {
    return parts.stream().map(part -> part == null ? "~" : part).toList();
  }

  /**
   * @param table below {@code vault/}, or with it
   */
  List<Map<String, String>> rows(String table) {
    String path = table.startsWith("vault/") ? table : "vault/" + table;
    List<Map<String, String>> rows = read(path);
    for (Map<String, String> row : rows) {
      for (String column : List.copyOf(row.keySet())) {
        if (column.endsWith(HASH_KEY) && row.get(column) != null) {
          String name = column.substring(0, column.length() - HASH_KEY.length());
          row.put(name, key(path, name, row.get(column)));
        }
      }
      if (row.get(VaultNames.SEQUENCE) != null) {
        row.put("at", Long.toString(Sequence.parse(row.get(VaultNames.SEQUENCE)).position()));
      }
    }
    return rows;
  }

  /** A name may be a hub's, a link's, or a role's of any link that the table is about. */
  private String key(String table, String name, String hash) {
    if (hash.matches("0+")) {
      return "unknown";
    }
    if (hash.matches("(?i)f+")) {
      return "error";
    }
    String thing = name;
    for (Link link : model.links().values()) {
      for (Link.Role role : link.roles()) {
        if (role.name().equals(name)) {
          thing = role.hub();
        }
      }
    }
    String key = keys.getOrDefault(thing, Map.of()).get(hash);
    return key == null ? "no " + thing + " " + hash + " of " + table : key;
  }

  private List<Map<String, String>> read(String path) {
    tables.table(path);
    List<Map<String, String>> all = new ArrayList<>();
    DeltaSnapshot stored = DeltaTable.of(lake, path).latest();
    RowSchema schema = stored.schema();
    try (RowIterator rows = stored.rows()) {
      rows.forEachRemaining(
          row -> {
            Map<String, String> texts = new LinkedHashMap<>();
            for (int i = 0; i < row.length; i++) {
              Object value = row[i];
              String text = value == null ? null : Values.text(schema.column(i).type(), value);
              texts.put(schema.column(i).name(), text);
            }
            all.add(texts);
          });
    }
    return all;
  }
}
