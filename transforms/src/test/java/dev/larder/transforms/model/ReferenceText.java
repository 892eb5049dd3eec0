package dev.larder.transforms.model;

import dev.larder.transforms.model.ValueType.Either;
import dev.larder.transforms.model.ValueType.Named;
import dev.larder.transforms.model.ValueType.Structure;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes the reference documentation of model files from the {@link Grammar}. */
final class ReferenceText {
  private static final String BEGINNING =
      """
      # The model file

      <!-- Written from transforms/.../model/Grammar by ModelReferenceTest (LARDER_GOLDEN=write). Do not edit. -->

      One YAML file, and files that it includes, declare a vault: the sources, the business (hubs and
      links), how each source table feeds it, and what is computed from it. Each column is named
      once. Names of tables and columns, hash keys, hash diffs and staging are derived.

      ```yaml
      vault: shop
      sources:
        pos: {database: pos, record_source: POS.MySQL}
      hubs:
        order:   {key: [country, number]}
        product: {key: sku, normal: upper_trim}
      links:
        order_line: {hubs: [order, product], child: line_no}
      tables:
        pos.order_lines:
          order: {country: country_code, number: order_no}
          product: sku
          links: {order_line: {line_no: line_no}}
          satellites: {order_line_pos: {of: order_line, columns: [qty, unit_price]}}
      ```

      `larder validate --model=vault.yaml` reports every mistake at once, with file, line, the value and
      what is known instead; with `--source` it also holds the model against the tables that are
      there. Warnings, of hubs that nothing loads or keys that two sources may spell in two ways, do not
      stop anything. Editors check and complete model files with [vault.schema.json](vault.schema.json): begin
      the file with `# yaml-language-server: $schema=PATH/vault.schema.json`.

      Names are letters, digits and `_`, beginning with a letter. Where a list is asked for, a text
      alone is a list of one.
      """;

  private static final String COLUMNS =
      """

      ## Columns

      | Written | Takes |
      |---|---|
      | `[name, city]` | these columns, under their own names |
      | `{ProductName: name}` | these columns, under new names |
      | `"*"` | all columns that no key of the table reads and that are not named elsewhere in the entry |
      | `{except: [updated_at]}` | the same without these |

      ## Expressions

      What stands for a part of a key is a column, or an expression over columns. Two sources that spell a
      key differently are brought together by expressions here or by `normal` of the hub. Values are
      used as canonical text: numbers in plain digits, dates as `2024-02-29`. What is absent gives an
      absent result, except in `coalesce`. A column whose name is not made of letters, digits, `_` and
      `$` stands in backquotes; a quote in a text is doubled.

      | Expression | Gives |
      |---|---|
      | `column` | the column's value |
      | `'text'` | the text itself |
      """;

  private static final String CASTS =
      """
      | `cast(x as int)` | a whole number without blanks, leading zeros or a plus; absent if it is none |
      | `cast(x as date format 'DD.MM.YYYY')` | a day from a text in that format (ISO without one), or of a time; absent if it is none |
      | `cast(x as text format 'YYYYMMDD')` | a date or time in that format: `YYYY MM DD HH24 MI SS` |

      ## What becomes of it

      | Declared | Table | Columns |
      |---|---|---|
      | hub `order` | `vault/hub_order` | `order_hk`, key parts, technical |
      | link `order_line` | `vault/link_order_line` | `order_line_hk`, `<role>_hk` of each role, child keys, technical, payload of a transaction |
      | satellite `order_pos` | `vault/sat_order_pos` | `order_hk`, `hashdiff`, technical, payload |
      | deletes of a table | `vault/sts_order_pos_orders` | `order_hk`, `status`, technical |
      | kind `status`, `record_tracking`, `xts` | `vault/sts_NAME`, `vault/rts_NAME`, `vault/xts_NAME` | |
      | reference `currency` | `vault/ref_currency` | key, columns |
      | history `product_history` | `vault/product_history` | key, columns, `Current`, `EffectiveFrom`, `EffectiveTo` |
      | PIT, bridge, business satellite | `vault/pit_NAME`, `vault/bridge_NAME`, `vault/bsat_NAME` | |

      Technical columns are `_loaded_at` (time of the change's commit, UTC), `_seq` (its place in the
      source's order) and `record_source`. A key that a role reads is loaded into the role's hub too.
      """;

  private ReferenceText() {}

  static String reference() {
    StringBuilder out = new StringBuilder(BEGINNING);
    Deque<Shape> open = new ArrayDeque<>(List.of(Grammar.MODEL));
    Set<Shape> done = new LinkedHashSet<>();
    while (!open.isEmpty()) {
      Shape shape = open.removeFirst();
      if (done.add(shape)) {
        shape(shape, out);
        Deque<Shape> inner = new ArrayDeque<>();
        shape.keys().forEach(key -> shapes(key.type(), inner));
        if (shape.others() != null) {
          shapes(shape.others().type(), inner);
        }
        inner.descendingIterator().forEachRemaining(open::addFirst);
      }
    }
    out.append(COLUMNS);
    for (KeyFunction function : KeyFunction.values()) {
      out.append(row("`" + function.form() + "`", function.meaning()));
    }
    return out.append(CASTS).toString();
  }

  private static void shape(Shape shape, StringBuilder out) {
    out.append("\n## ").append(title(shape)).append("\n\n");
    out.append(row("Key", "Value", "Default", "Meaning", "Example"));
    out.append("|---|---|---|---|---|\n");
    if (shape.others() != null) {
      Shape.Others others = shape.others();
      out.append(
          row(
              others.name(),
              form(others.type()),
              "",
              others.meaning(),
              "`" + others.example() + "`"));
    }
    for (Shape.Key key : shape.keys()) {
      String kinds = key.kinds().isEmpty() ? "" : " (kind " + String.join(", ", key.kinds()) + ")";
      out.append(
          row(
              "`" + key.name() + "`",
              form(key.type()),
              key.isRequired() ? "**needed**" : key.standard(),
              key.meaning() + kinds,
              "`" + key.example() + "`"));
    }
  }

  private static String title(Shape shape) {
    String words = shape.id().replace('-', ' ');
    return shape == Grammar.MODEL
        ? "Sections of a model"
        : Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private static String row(String... cells) {
    StringBuilder row = new StringBuilder("|");
    Arrays.stream(cells).forEach(cell -> row.append(' ').append(escaped(cell)).append(" |"));
    return row.append('\n').toString();
  }

  private static String escaped(String cell) {
    return cell.replace("|", "\\|");
  }

  private static String form(ValueType type) {
    if (type instanceof Structure structure) {
      String id = structure.shape().id();
      return "[" + id.replace('-', ' ') + "](#" + id + ")";
    }
    if (type instanceof Named named) {
      return "map: " + named.name() + " to " + form(named.value());
    }
    if (type instanceof Either either) {
      return String.join(" or ", either.types().stream().map(ReferenceText::form).toList());
    }
    return type instanceof ValueType.Columns ? "[columns](#columns)" : type.form();
  }

  private static void shapes(ValueType type, Deque<Shape> out) {
    if (type instanceof Structure structure) {
      out.add(structure.shape());
    } else if (type instanceof Named named) {
      shapes(named.value(), out);
    } else if (type instanceof Either either) {
      either.types().forEach(inner -> shapes(inner, out));
    }
  }
}
