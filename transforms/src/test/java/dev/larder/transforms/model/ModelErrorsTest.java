package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import java.util.List;
import org.junit.Test;

/** Every message about the text of a model, in full. */
public class ModelErrorsTest {
  private static final String MODEL =
      """
      vault: pizza
      sources:
        pos: {database: pos, record_source: POS}
      hubs:
        order: {key: [country, number]}
        product: sku
      links:
        line: {hubs: [order, product], child: [no]}
        sale: {hubs: [order, product], kind: transaction}
      tables:
        pos.lines:
          order: {country: land, number: order_no}
          product: sku
          links: {line: {no: line_no}}
          satellites:
            line_pos: {of: line, columns: [qty]}
      """;

  private static String report(String yaml) {
    return VaultModelReader.validate("vault.yaml", yaml).toString();
  }

  private static String changed(String old, String now) {
    if (!MODEL.contains(old)) {
      throw new IllegalArgumentException(old);
    }
    return report(MODEL.replace(old, now));
  }

  @Test
  public void modelIsCleanToBeginWith() {
    ValidationReport report = VaultModelReader.validate("vault.yaml", MODEL);

    assertThat(report.isClean(), is(true));
    assertThat(
        report.toString(),
        is(
            "vault.yaml:9 links.sale: warning: no table loads link \"sale\". Its table stays empty."));
  }

  @Test
  public void unknownParent() {
    assertThat(
        changed("of: line", "of: lin"),
        is(
            "vault.yaml:16 tables.pos.lines.satellites.line_pos.of: unknown hub or link \"lin\"."
                + " Known: order, product, line, sale. Did you mean \"line\"?"));
  }

  @Test
  public void parentThatTheTableDoesNotLoad() {
    assertThat(
        changed("of: line", "of: sale"),
        is(
            "vault.yaml:16 tables.pos.lines.satellites.line_pos.of: this table does not load"
                + " \"sale\". Map the hub, or name the link under \"links\" of this table."));
  }

  @Test
  public void unknownKeys() {
    assertThat(
        changed("tables:", "hubz: {}\ntables:"),
        is(
            "vault.yaml:10 hubz: unknown key \"hubz\". Known: vault, include, hashing, time, defaults,"
                + " masking, sources, hubs, links, tables, snapshots, pits, bridges, business,"
                + " marts. Did you mean \"hubs\"?"));
    assertThat(
        changed("columns: [qty]", "colums: [qty]"),
        is(
            "vault.yaml:16 tables.pos.lines.satellites.line_pos: \"columns\" is missing. Add"
                + " columns: COLUMNS, the payload, in the order in which it is hashed.\n"
                + "vault.yaml:16 tables.pos.lines.satellites.line_pos.colums: unknown key"
                + " \"colums\". Known: of, kind, columns, untracked, mask, child, grain, load,"
                + " deletes, late, start, end, satellites. Did you mean \"columns\"?"));
    assertThat(
        changed("    product: sku\n    links", "    produkt: sku\n    links"),
        is(
            "vault.yaml:13 tables.pos.lines.produkt: unknown hub or key \"produkt\". Known: order,"
                + " product, key, read, load, extract, load_time, on_alter, links, satellites,"
                + " history, reference, columns. Did you mean \"product\"?\n"
                + "vault.yaml:14 tables.pos.lines.links.line: link \"line\" needs hub \"product\","
                + " which this table does not map. Add product: COLUMN to the table."));
    assertThat(
        changed("record_source: POS", "record_source: POS, tennant: x"),
        is(
            "vault.yaml:3 sources.pos.tennant: unknown key \"tennant\". Known: database,"
                + " record_source, url, user, password, topic_prefix, topic."));
  }

  @Test
  public void wordsFromAList() {
    assertThat(
        changed("vault: pizza", "vault: pizza\nhashing: {algorithm: sha512}"),
        is(
            "vault.yaml:2 hashing.algorithm: unknown hash algorithm \"sha512\". Known: sha256,"
                + " sha1, md5. Did you mean \"sha1\"?"));
    assertThat(
        changed("number]}", "number], normal: uper_trim}"),
        is(
            "vault.yaml:5 hubs.order.normal: unknown normalisation \"uper_trim\". Known: none,"
                + " trim, upper, lower, upper_trim, lower_trim. Did you mean \"upper_trim\"?"));
    assertThat(
        changed("number: order_no}", "number: order_no, when_null: drop}"),
        is(
            "vault.yaml:12 tables.pos.lines.order.when_null: unknown policy \"drop\". Known:"
                + " reject, skip, unknown, error."));
  }

  @Test
  public void times() {
    assertThat(
        changed("vault: pizza", "vault: pizza\ntime: {open_end: never}"),
        is(
            "vault.yaml:2 time.open_end: \"never\" is no time. Write it in UTC like"
                + " 9999-12-31T00:00:00Z."));
  }

  @Test
  public void plainPasswordIsNotRepeated() {
    assertThat(
        changed("record_source: POS", "record_source: POS, password: hunter2"),
        is(
            "vault.yaml:3 sources.pos.password: a password must be a reference, not the password"
                + " itself (it is not shown here). Write env:NAME or file:PATH."));
  }

  @Test
  public void sourcesAreComplete() {
    assertThat(
        changed("{database: pos, record_source: POS}", "{}"),
        is(
            "vault.yaml:3 sources.pos: \"database\" is missing. Add database: NAME, its name on"
                + " the server.\n"
                + "vault.yaml:3 sources.pos: \"record_source\" is missing. Add record_source: TEXT,"
                + " what the vault's rows say of where they came from."));
    assertThat(
        changed("pos.lines:", "erp.lines:"),
        is("vault.yaml:11 tables.erp.lines: unknown source \"erp\". Known: pos."));
    assertThat(
        changed("pos.lines:", "lines:"),
        is(
            "vault.yaml:11 tables.lines: \"lines\" is not of the form source.table. Sources:"
                + " pos."));
  }

  @Test
  public void keysOfHubsAreMappedWhole() {
    assertThat(
        changed("{country: land, number: order_no}", "order_no"),
        is(
            "vault.yaml:12 tables.pos.lines.order: hub \"order\" has a key of 2 parts. Map each:"
                + " {country: ..., number: ...}."));
    assertThat(
        changed("{country: land, number: order_no}", "{country: land}"),
        is(
            "vault.yaml:12 tables.pos.lines.order: key part \"number\" is not mapped. Add number:"
                + " COLUMN."));
    assertThat(
        changed("{line: {no: line_no}}", "[line]"),
        is(
            "vault.yaml:14 tables.pos.lines.links[0]: child key \"no\" is not mapped. Add no:"
                + " COLUMN."));
    assertThat(
        changed("{line: {no: line_no}}", "{line: {}}"),
        is(
            "vault.yaml:14 tables.pos.lines.links.line: child key \"no\" is not mapped. Add no:"
                + " COLUMN."));
    assertThat(
        changed("order: {key: [country, number]}", "order: {normal: trim}"),
        is(
            "vault.yaml:5 hubs.order: \"key\" is missing. Add key: [PART, ...], the parts of"
                + " the business key, in the order in which they are hashed.\n"
                + "vault.yaml:12 tables.pos.lines.order.country: unknown key \"country\". Known:"
                + " when_null.\n"
                + "vault.yaml:12 tables.pos.lines.order.number: unknown key \"number\". Known:"
                + " when_null."));
  }

  @Test
  public void expressionsPointIntoTheirText() {
    assertThat(
        changed("number: order_no", "number: \"lpad(order_no, 5\""),
        is(
            "vault.yaml:12 tables.pos.lines.order.number: \"lpad(order_no, 5\", character 17:"
                + " expected \",\" or \")\", found the end."));
  }

  @Test
  public void linksJoinDifferentHubs() {
    assertThat(
        changed("{hubs: [order, product], kind", "{hubs: [order, order], kind"),
        is(
            "vault.yaml:9 links.sale.hubs: a link joins at least two hubs, or one hub with child"
                + " keys. Add a hub or \"child\".\n"
                + "vault.yaml:9 links.sale.hubs[1]: hub \"order\" stands twice. Name its roles:"
                + " hubs: {ROLE: order, ROLE: order}."));
    assertThat(
        changed("{hubs: [order, product], kind", "{hubs: [order, prodct], kind"),
        is(
            "vault.yaml:9 links.sale.hubs[1]: unknown hub \"prodct\". Known: order, product. Did"
                + " you mean \"product\"?"));
    assertThat(
        changed("{line: {no: line_no}}", "{lines: {no: line_no}}"),
        is(
            "vault.yaml:14 tables.pos.lines.links.lines: unknown link \"lines\". Known: line, sale."
                + " Did you mean \"line\"?\n"
                + "vault.yaml:16 tables.pos.lines.satellites.line_pos.of: this table does not load"
                + " \"line\". Map the hub, or name the link under \"links\" of this table."));
  }

  @Test
  public void payloadBelongsToTransactions() {
    assertThat(
        changed("{no: line_no}", "{no: line_no, columns: [qty]}"),
        is(
            "vault.yaml:14 tables.pos.lines.links.line.columns: link \"line\" is a relation and has"
                + " no payload. Put the columns into a satellite of the link, or declare the link"
                + " with kind: transaction."));
    assertThat(
        changed("    links:", "    load: append\n    links:"),
        is(
            "vault.yaml:14 tables.pos.lines.load: \"load: append\" is about transaction links, and"
                + " this table has none. Take it out, or declare its link with kind:"
                + " transaction."));
  }

  @Test
  public void nameStandsOnce() {
    assertThat(
        changed("columns: [qty]", "columns: [qty, qty]"),
        is(
            "vault.yaml:16 tables.pos.lines.satellites.line_pos.columns[1]: \"qty\" stands twice."
                + " Take one out."));
    assertThat(
        changed("columns: [qty]", "columns: [qty], untracked: [qty]"),
        is(
            "vault.yaml:16 tables.pos.lines.satellites.line_pos.untracked: \"qty\" stands twice."
                + " Take one out."));
    assertThat(
        changed("  product: sku\nlinks", "  product: sku\n  product: code\nlinks"),
        is("vault.yaml:7 hubs.product: \"product\" stands twice, first on line 6. Take one out."));
    assertThat(
        report(
            MODEL
                + "  pos.more:\n    product: sku\n    satellites: {line_pos: {of: product, columns: [a]}}\n"),
        is(
            "vault.yaml:19 tables.pos.more.satellites.line_pos: the vault table vault/sat_line_pos"
                + " is already made by tables.pos.lines.satellites.line_pos. Choose another name."));
  }

  @Test
  public void namesOfItsOwn() {
    assertThat(
        changed("columns: [qty]", "columns: [hashdiff]"),
        is(
            "vault.yaml:16 tables.pos.lines.satellites.line_pos.columns[0]: the column name"
                + " \"hashdiff\" is used by the vault itself. Give the column another"
                + " name: {NAME: COLUMN}."));
    assertThat(
        changed("  product: sku\nlinks", "  product: sku\n  history: h\nlinks"),
        is(
            "vault.yaml:7 hubs.history: the name \"history\" has a meaning of its own in tables."
                + " Choose another one."));
    assertThat(
        changed("  product: sku\nlinks", "  product: sku\n  my-hub: h\nlinks"),
        is(
            "vault.yaml:7 hubs.my-hub: \"my-hub\" is no name. Use letters, digits and _, beginning"
                + " with a letter."));
  }

  @Test
  public void histories() {
    String history = "    history: {sat_h: {load: scd2, key: id, columns: {Current: x}}}\n";
    assertThat(
        report(MODEL + history),
        is(
            "vault.yaml:17 tables.pos.lines.history.sat_h: a history's name must not begin with"
                + " hub_, link_, sat_, sts_, rts_, xts_, ref_, pit_, bridge_, bsat_ (found \"sat_h\"). Choose another one.\n"
                + "vault.yaml:17 tables.pos.lines.history.sat_h: the column name \"Current\" is used"
                + " by the vault itself. Give the column another name: {NAME: COLUMN}."));
    assertThat(
        report(MODEL + "    history: {h: {key: \"*\", columns: [a]}}\n"),
        is(
            "vault.yaml:17 tables.pos.lines.history.h.key: expected the columns of the key, found"
                + " \"*\"."));
  }

  @Test
  public void shapesOfValues() {
    assertThat(
        changed("columns: [qty]", "columns: [[qty]]"),
        is(
            "vault.yaml:16 tables.pos.lines.satellites.line_pos.columns[0]: expected the name of a"
                + " column, found a list."));
    assertThat(
        changed("columns: [qty]", "columns: "),
        is(
            "vault.yaml:16 tables.pos.lines.satellites.line_pos.columns: expected a list of"
                + " columns, {NAME: COLUMN}, \"*\" or {except: [COLUMN]}, found nothing."));
    assertThat(
        changed("  product: sku\nlinks", "  product:\nlinks"),
        is("vault.yaml:6 hubs.product: expected a name or a list of names, found nothing."));
    assertThat(
        report(MODEL + "marts: {m: {}}\n"),
        is(
            "vault.yaml:17 marts.m: \"sql\" is missing. Add sql: PATH, the mart's query over"
                + " the vault's tables, in a file beside this one."));
  }

  @Test
  public void tableFeedsSomething() {
    assertThat(
        report(MODEL + "  pos.more: {key: id}\n"),
        is(
            "vault.yaml:17 tables.pos.more: the table feeds nothing. Map a hub, or declare a"
                + " history or a reference."));
  }

  @Test
  public void filesThatAreNoModel() {
    assertThat(report(""), is("vault.yaml:1 the file is empty. A model begins with vault: NAME."));
    assertThat(
        report("vault: v\nhubs: \u0007\n"),
        is("vault.yaml:2 this is not YAML: it has the character U+0007."));
    assertThat(
        report("vault: v\n---\nvault: w\n"),
        is("vault.yaml:2 this is not YAML: but found another document."));
    assertThat(
        report("vault: [pizza\nhubs: x"),
        is("vault.yaml:2 this is not YAML: expected ',' or ']', but got :."));
    assertThat(
        report("vault: v\nsources: {s: {database: d, record_source: r}}\nhubs: {}\n"),
        is(
            "vault.yaml:1 \"tables\" is missing. Add tables: {SOURCE.TABLE: {HUB: COLUMN}, ...}, how"
                + " each source table feeds the vault."));
  }

  @Test
  public void allMistakesAtOnceByLine() {
    String bad =
        MODEL
            .replace("[country, number]}", "[country, number], normal: big}")
            .replace("of: line", "of: lin")
            .replace("record_source: POS", "record_source: POS, password: p");

    UserException e =
        assertThrows(UserException.class, () -> VaultModelReader.read("vault.yaml", bad));

    assertThat(
        e.getMessage().lines().map(line -> line.substring(0, line.indexOf(':', 12))).toList(),
        is(
            List.of(
                "vault.yaml:3 sources.pos.password",
                "vault.yaml:5 hubs.order.normal",
                "vault.yaml:16 tables.pos.lines.satellites.line_pos.of")));
    assertThat(e.exitCode(), is(2));
  }
}
