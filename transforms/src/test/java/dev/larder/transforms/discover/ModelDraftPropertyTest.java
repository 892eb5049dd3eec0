package dev.larder.transforms.discover;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.VaultTables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever a database looks like, its draft is a model that fits it and makes tables. */
class ModelDraftPropertyTest {
  private static final List<String> TABLES =
      List.of(
          "customers",
          "orders",
          "order_lines",
          "products",
          "statuses",
          "links",
          "history",
          "customer_details",
          "stock_movements",
          "a-b",
          "2nd_floor",
          "Children",
          "key",
          "order",
          "status_types",
          "categories",
          "event_log",
          "x");
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "code",
          "name",
          "customer_id",
          "order_id",
          "order_no",
          "product_id",
          "line_no",
          "parent_id",
          "manager_id",
          "status_id",
          "billing_customer_id",
          "updated_at",
          "created_at",
          "email",
          "record_source",
          "_seq",
          "hashdiff",
          "no",
          "null",
          "columns",
          "a b",
          "key",
          "when_null",
          "applied",
          "x_code",
          "reference",
          "child",
          "parent",
          "customer",
          "loaded");
  private static final List<String> TYPES =
      List.of("int", "text", "decimal", "datetime", "timestamp", "date", "boolean");

  @Property(tries = 600)
  void draftIsAModelThatFitsItsDatabases(@ForAll long seed) {
    Random random = new Random(seed);
    List<Schema> schemas = new ArrayList<>(List.of(schema("pos", random)));
    if (random.nextInt(3) == 0) {
      schemas.add(schema("erp", random));
    }
    Map<TableId, TableSchema> catalogue = new LinkedHashMap<>();
    schemas.forEach(schema -> catalogue.putAll(schema.catalogue()));

    String yaml = ModelDraft.of("any", schemas.stream().map(Schema::found).toList());

    assertThat(yaml, VaultModelReader.validate("draft", yaml, catalogue).toString(), is(""));
    VaultTables.of(VaultModelReader.read("draft", yaml), catalogue, 1);
  }

  private static Schema schema(String source, Random random) {
    Schema schema = Schema.of(source);
    Map<String, Set<String>> definitions = new LinkedHashMap<>();
    for (String table : some(TABLES, 1 + random.nextInt(6), random)) {
      List<String> columns = new ArrayList<>(some(COLUMNS, 2 + random.nextInt(7), random));
      Set<String> definition = new LinkedHashSet<>();
      columns.forEach(
          column ->
              definition.add(
                  String.format(
                      "%s %s%s",
                      column.replace(' ', '#'),
                      column.endsWith("_id") ? "int" : TYPES.get(random.nextInt(TYPES.size())),
                      random.nextInt(8) == 0 ? " auto" : "")));
      if (random.nextInt(8) > 0) {
        definition.add("pk " + key(columns, random));
      }
      if (random.nextInt(3) == 0) {
        definition.add("unique " + key(columns, random));
      }
      definitions.put(table, definition);
    }
    definitions.forEach(
        (name, definition) ->
            schema.table(name, random.nextInt(3_000), String.join(", ", definition)));
    return schema;
  }

  private static String key(List<String> columns, Random random) {
    return String.join(" ", some(columns, 1 + random.nextInt(3), random)).replace("a b", "a#b");
  }

  private static List<String> some(List<String> of, int count, Random random) {
    List<String> left = new ArrayList<>(of);
    List<String> some = new ArrayList<>();
    for (int i = 0; i < count && !left.isEmpty(); i++) {
      some.add(left.remove(random.nextInt(left.size())));
    }
    return some;
  }
}
