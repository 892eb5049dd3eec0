package dev.larder.transforms.discover;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableFacts;
import dev.larder.io.changes.TableFacts.ColumnFacts;
import dev.larder.io.changes.TableFacts.Comparison;
import dev.larder.io.changes.TableFacts.ForeignKey;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** A database in a few words, for tests. */
final class Schema {
  private final String source;
  private final List<TableFacts> tables = new ArrayList<>();

  private Schema(String source) {
    this.source = source;
  }

  static Schema of(String source) {
    return new Schema(source);
  }

  /**
   * Adds a table.
   *
   * @param definition (a # in a name is a blank) columns like {@code id int auto}, {@code name text
   *     ci null}, and at its end {@code pk a b}, {@code unique c}, {@code fk d e -> other.d.e},
   *     parted by commas
   */
  Schema table(String name, long rows, String definition) {
    List<Column> columns = new ArrayList<>();
    Map<String, ColumnFacts> facts = new LinkedHashMap<>();
    List<String> primary = List.of();
    List<List<String>> unique = new ArrayList<>();
    List<ForeignKey> foreign = new ArrayList<>();
    for (String part : definition.strip().split("\\s*,\\s*")) {
      List<String> words =
          Stream.of(part.split("\\s+")).map(word -> word.replace('#', ' ')).toList();
      List<String> rest = words.subList(1, words.size());
      switch (words.get(0)) {
        case "pk" -> primary = rest;
        case "unique" -> unique.add(rest);
        case "fk" -> {
          int arrow = rest.indexOf("->");
          List<String> to = Arrays.asList(rest.get(arrow + 1).split("\\."));
          foreign.add(new ForeignKey(rest.subList(0, arrow), to.get(0), to.subList(1, to.size())));
        }
        default -> {
          columns.add(new Column(words.get(0), type(words.get(1)), words.contains("null")));
          Comparison comparison = words.contains("ci") ? Comparison.WITHOUT_CASE : Comparison.EXACT;
          facts.put(
              words.get(0),
              new ColumnFacts(words.get(1), words.contains("auto"), comparison, "", -1, 0));
        }
      }
    }
    List<String> key = !primary.isEmpty() || unique.isEmpty() ? primary : unique.get(0);
    TableSchema table = new TableSchema(new TableId(source, name), RowSchema.of(columns), key);
    tables.add(new TableFacts(table, "", rows, facts, primary, unique, foreign));
    return this;
  }

  private static ColumnType type(String word) {
    return word.equals("decimal")
        ? ColumnType.decimal(10, 2)
        : word.equals("text") ? ColumnType.STRING : ColumnType.parse(word.toLowerCase(Locale.ROOT));
  }

  DiscoveredSource found() {
    return new DiscoveredSource(source, source, tables);
  }

  Map<TableId, TableSchema> catalogue() {
    Map<TableId, TableSchema> catalogue = new LinkedHashMap<>();
    tables.forEach(table -> catalogue.put(table.table().id(), table.table()));
    return catalogue;
  }

  String draft() {
    return ModelDraft.of(source, List.of(found()));
  }
}
