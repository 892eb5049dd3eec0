package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.Chain;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.Test;

/** Every message about structures that do not fit the tables that are there, in full. */
public class LanguageCheckTest {

  private static String check(String yaml, String... tables) {
    Map<TableId, TableSchema> catalogue = new LinkedHashMap<>();
    for (String table : tables) {
      TableSchema schema = Chain.schema(table.split(": ")[0], "k", table.split(": ")[1]);
      catalogue.put(schema.id(), schema);
    }
    return VaultModelReader.validate("vault.yaml", yaml, catalogue).toString();
  }

  @Test
  public void columnsThatDoNotFit() {
    String table =
        "s.t: k int!, ax string, bx string, bz string, px string, m int, n string, o string, c int,"
            + " f string, p json, deleted int";

    assertThat(
        check(LanguageErrorsTest.MODEL, table),
        is(
            "vault.yaml:16 tables.s.t.satellites.ab_e.start: column \"f\" is string, which is no"
                + " time. Use a date or time column."));
    assertThat(
        check(
            LanguageErrorsTest.MODEL
                .replace("vault: v", "vault: v\nmasking: {secret: env:M}")
                .replace("columns: [n, o]}", "columns: \"*\", mask: [ax, n]}"),
            table.replace("f string", "f date")),
        is(
            "vault.yaml:15 tables.s.t.satellites.a_s.mask: unknown column of the satellite \"ax\"."
                + " Known: k, m, n, o, c, f, p, deleted."));
    assertThat(
        check(
            LanguageErrorsTest.MODEL.replace("columns: [n, o]}", "columns: \"*\"}"),
            table.replace("f string", "f date") + ", record_source string"),
        is(
            "vault.yaml:14 tables.s.t.satellites.a_s.columns: \"*\" means the column"
                + " \"record_source\" too, whose name is used by the vault itself. Leave it out with"
                + " except, or name the columns and rename it: {NAME: COLUMN}."));
    assertThat(
        check(
            LanguageErrorsTest.MODEL.replace("a: ax\n", "a: \"cast(ax as text format 'YYYY')\"\n"),
            table.replace("f string", "f date")),
        is(
            "vault.yaml:10 tables.s.t.a: the format 'YYYY' is for dates and times, and is applied to"
                + " string."));
  }

  @Test
  public void keysOfTwoSourcesThatMayBeSpelledInTwoWays() {
    String yaml =
        """
        vault: v
        sources: {s: {database: d, record_source: R}}
        hubs: {a: x, b: y}
        tables:
          s.one: {a: x, b: y}
          s.two: {a: no, b: y}
          s.three: {a: "lpad(no, 5, '0')"}
        """;
    String[] tables = {
      "s.one: k int!, x string, y decimal(8,2)",
      "s.two: k int!, no int, y decimal(8,1)",
      "s.three: k int!, no int"
    };

    assertThat(
        check(yaml, tables),
        is(
            "vault.yaml:6 tables.s.two.a: warning: \"x\" of hub \"a\" is read from int here and from"
                + " string in s.one: one key may be spelled in two ways. Bring the spellings"
                + " together, for example with lpad or cast.\n"
                + "vault.yaml:6 tables.s.two.b: warning: \"y\" of hub \"b\" is read from decimal(8,1)"
                + " here and from decimal(8,2) in s.one: one key may be spelled in two ways. Bring"
                + " the spellings together, for example with lpad or cast."));
  }
}
