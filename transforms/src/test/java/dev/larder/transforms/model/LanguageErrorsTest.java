package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Map;
import java.util.Optional;
import org.junit.Test;

/**
 * Every message about roles, kinds of satellites, what is computed, and included files, in full.
 */
public class LanguageErrorsTest {
  static final String MODEL =
      """
      vault: v
      sources: {s: {database: d, record_source: R}}
      hubs: {a: x, b: [y, z]}
      links:
        ab: {hubs: [a, b], driving: a}
        up: {hubs: {child: a, parent: a}, kind: hierarchy}
        ev: {hubs: [a, b], kind: transaction}
      tables:
        s.t:
          a: ax
          b: {y: bx, z: bz}
          links: {ab: {}, up: {parent: px}, ev: {columns: [m]}}
          satellites:
            a_s: {of: a, columns: [n, o]}
            a_m: {of: a, columns: [n], child: [c], kind: multi_active}
            ab_e: {of: ab, kind: effectivity, start: f}
            b_s: {of: b, columns: [p]}
            a_x: {of: a, kind: xts, satellites: [a_s]}
      snapshots: {daily: {at: "03:00", zone: UTC, keep: {daily: 90d}}}
      pits: {p: {of: a, satellites: [a_s], snapshot: daily}}
      bridges: {w: {walk: [a, ab, b], with: [ev], snapshot: daily}}
      """;

  private static final String SAT = "vault.yaml:14 tables.s.t.satellites.a_s";

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
    assertThat(report(MODEL), is(""));
  }

  @Test
  public void drivingKeysAreRolesOfTheLink() {
    assertThat(
        changed("driving: a}", "driving: [a, c]}"),
        is("vault.yaml:5 links.ab.driving: unknown hub or role of the link \"c\". Known: a, b."));
    assertThat(
        changed("kind: transaction}", "kind: transaction, driving: a}"),
        is(
            "vault.yaml:7 links.ev.driving: a transaction has no driving key: it happened and"
                + " stays. Take \"driving\" out, or use kind: relation."));
  }

  @Test
  public void rolesOfOneHub() {
    assertThat(
        changed("{child: a, parent: a}", "{child: a, parent: b}"),
        is(
            "vault.yaml:6 links.up.kind: a link of kind hierarchy joins two keys of one hub. Name"
                + " the roles: hubs: {ROLE: HUB, ROLE: HUB}.\n"
                + "vault.yaml:12 tables.s.t.links.up.parent: hub \"b\" has a key of 2 parts. Map"
                + " each: {y: ..., z: ...}."));
    assertThat(
        changed("up: {parent: px}", "up: {}"),
        is(
            "vault.yaml:12 tables.s.t.links.up: roles \"child\" and \"parent\" read the same key."
                + " Map one of them to other columns."));
    assertThat(
        changed("{child: a, parent: a}", "{up: a, key: a}"),
        is(
            "vault.yaml:6 links.up.hubs.up: role \"up\" has the name of its link. Choose another.\n"
                + "vault.yaml:6 links.up.hubs.key: the name \"key\" has a meaning of its own in"
                + " tables. Choose another one.\n"
                + "vault.yaml:12 tables.s.t.links.up: roles \"up\" and \"key\" read the same key."
                + " Map one of them to other columns.\n"
                + "vault.yaml:12 tables.s.t.links.up.parent: unknown key \"parent\". Known: up, key,"
                + " columns, applied."));
    assertThat(
        changed("kind: hierarchy}", "kind: hierarchy, child: parent}"),
        is(
            "vault.yaml:6 links.up.child: child key \"parent\" has the name of a hub or role of the"
                + " link. Choose another."));
    assertThat(
        changed("    a: ax\n", "").replace("vault.yaml:", "").lines().toList().get(1),
        is(
            "11 tables.s.t.links.up: link \"up\" needs a key of hub \"a\" for role \"child\". Add"
                + " child: COLUMN, or map the hub."));
  }

  @Test
  public void correctionsAreOfTransactions() {
    assertThat(
        changed("driving: a}", "corrections: counter}"),
        is(
            "vault.yaml:5 links.ab.corrections: \"corrections\" are those of transactions. Take it"
                + " out, or use kind: transaction."));
  }

  @Test
  public void multiActiveNeedsChildColumns() {
    assertThat(
        changed("child: [c], ", ""),
        is(
            "vault.yaml:15 tables.s.t.satellites.a_m: \"child\" is missing. Add child: [COLUMN,"
                + " ...], the columns that tell the rows of one key apart."));
    assertThat(
        changed("child: [c],", "child: [n], grain: set, load: scd2,"),
        is(
            "vault.yaml:15 tables.s.t.satellites.a_m.child: \"n\" stands twice. Take one out.\n"
                + "vault.yaml:15 tables.s.t.satellites.a_m.grain: \"grain: set\" stores whole sets,"
                + " which have no ends of their own. Use load: insert_only, or grain: row."));
  }

  @Test
  public void keysOfOtherKinds() {
    assertThat(
        changed("columns: [n, o]}", "columns: [n, o], grain: set}"),
        is(
            SAT
                + ".grain: \"grain\" is not for satellites of kind standard, but for: multi_active."
                + " Take it out, or change the kind."));
    assertThat(
        changed("kind: effectivity,", "kind: effectivety,"),
        is(
            "vault.yaml:16 tables.s.t.satellites.ab_e: \"columns\" is missing. Add columns: COLUMNS,"
                + " the payload, in the order in which it is hashed.\n"
                + "vault.yaml:16 tables.s.t.satellites.ab_e.kind: unknown kind of satellite"
                + " \"effectivety\". Known: standard, multi_active, effectivity, status,"
                + " record_tracking, xts. Did you mean \"effectivity\"?\n"
                + "vault.yaml:16 tables.s.t.satellites.ab_e.start: \"start\" is not for satellites of"
                + " kind standard, but for: effectivity. Take it out, or change the kind."));
    assertThat(
        changed("{of: ab, kind", "{of: ev, kind"),
        is(
            "vault.yaml:16 tables.s.t.satellites.ab_e.of: link \"ev\" is a transaction: it happened,"
                + " and does not hold from one time to another. Take the satellite out, or use kind:"
                + " relation for the link."));
  }

  @Test
  public void policies() {
    assertThat(
        changed("[n, o]}", "[n, o], deletes: close}"),
        is(
            SAT
                + ".deletes: \"deletes: close\" ends versions, which only load: scd2 stores. Add"
                + " load: scd2, or use deletes: track."));
    assertThat(
        changed("[n, o]}", "[n, deleted], deletes: flag}"),
        is(
            SAT
                + ".columns: the column name \"deleted\" is used by the vault itself. Give the"
                + " column another name: {NAME: COLUMN}."));
    assertThat(changed("    a: ax", "    extract: partial\n    a: ax").isEmpty(), is(true));
    assertThat(
        report(
            MODEL
                .replace(", driving: a}", "}")
                .replace("    a: ax", "    extract: partial\n    a: ax")),
        is(
            "vault.yaml:10 tables.s.t.extract: \"extract: partial\" is about the driving keys of"
                + " links, and none of this table's links has one. Add driving: ROLE to the link, or"
                + " use rows or full."));
    assertThat(
        changed("vault: v", "vault: v\ndefaults: {late: never, ghost: yes}"),
        is(
            "vault.yaml:2 defaults.late: unknown policy \"never\". Known: insert, reject,"
                + " quarantine.\n"
                + "vault.yaml:2 defaults.ghost: unknown choice \"yes\". Known: true, false."));
  }

  @Test
  public void namesThatPoliciesUse() {
    assertThat(
        changed("[n, o]}", "{Current: n}, load: scd2}"),
        is(
            SAT
                + ".columns: the column name \"Current\" is used by the vault itself. Give the"
                + " column another name: {NAME: COLUMN}."));
    assertThat(
        changed("child: [c],", "child: [deleted],"),
        is(
            "vault.yaml:15 tables.s.t.satellites.a_m.child: the column name \"deleted\" is used by"
                + " the vault itself. Give the column another name: {NAME: COLUMN}."));
    assertThat(
        report(
            MODEL
                .replace("kind: transaction}", "kind: transaction, corrections: counter}")
                .replace("columns: [m]", "columns: [counter]")),
        is(
            "vault.yaml:12 tables.s.t.links.ev.columns: the column name \"counter\" is used by the"
                + " vault itself. Give the column another name: {NAME: COLUMN}."));
  }

  @Test
  public void masks() {
    assertThat(
        changed("[n, o]}", "[n, o], mask: [o, q]}"),
        is(
            SAT
                + ".mask: masked columns are hashed with a secret, and the model names none. Add"
                + " masking: {secret: env:NAME} at the top.\n"
                + SAT
                + ".mask: unknown column of the satellite \"q\". Known: n, o."));
    assertThat(
        changed("vault: v", "vault: v\nmasking: {secret: hunter2}"),
        is(
            "vault.yaml:2 masking.secret: a secret must be a reference, not the secret itself (it is"
                + " not shown here). Write env:NAME or file:PATH."));
    assertThat(
        changed("vault: v", "vault: v\nmasking: {}"),
        is(
            "vault.yaml:2 masking: \"secret\" is missing. Add secret: env:NAME | file:PATH, where the"
                + " secret is found with which the columns under `mask` are hashed (HMAC-SHA256);"
                + " with another secret the same value has another mask."));
  }

  @Test
  public void satellitesThatAreNamed() {
    assertThat(
        changed("satellites: [a_s]}\nsnap", "satellites: [a_t, b_s]}\nsnap"),
        is(
            "vault.yaml:18 tables.s.t.satellites.a_x.satellites: unknown satellite of a \"a_t\"."
                + " Known: a_s, a_m. Did you mean \"a_s\"?\n"
                + "vault.yaml:18 tables.s.t.satellites.a_x.satellites: unknown satellite of a"
                + " \"b_s\". Known: a_s, a_m. Did you mean \"a_s\"?"));
    assertThat(
        changed("satellites: [a_s], snapshot: daily", "satellites: [b_s, a_t], snapshot: weekly"),
        is(
            "vault.yaml:20 pits.p.satellites: satellite \"b_s\" is of b, not of a. A PIT shows"
                + " satellites of one hub or link.\n"
                + "vault.yaml:20 pits.p.satellites: unknown satellite \"a_t\". Known: a_s, a_m, ab_e,"
                + " b_s, a_x. Did you mean \"a_s\"?\n"
                + "vault.yaml:20 pits.p.snapshot: unknown snapshot \"weekly\". Known: daily."));
  }

  @Test
  public void snapshots() {
    assertThat(
        changed(
            "{at: \"03:00\", zone: UTC, keep: {daily: 90d}}",
            "{at: 3am, zone: Mars, keep: {daily: 90}}"),
        is(
            "vault.yaml:19 snapshots.daily.at: \"3am\" is no time of day. Write it like \"03:00\".\n"
                + "vault.yaml:19 snapshots.daily.zone: \"Mars\" is no time zone. Write it like UTC or"
                + " Europe/Berlin.\n"
                + "vault.yaml:19 snapshots.daily.keep.daily: \"90\" is no period. Write it like 90d,"
                + " 12w, 6m, 5y or forever."));
  }

  @Test
  public void walks() {
    String walk = "vault.yaml:21 bridges.w.walk";
    assertThat(
        changed("[a, ab, b]", "[a, ab]"),
        is(walk + ": a walk goes from hub to hub over links: [HUB, LINK, HUB]."));
    assertThat(
        changed("[a, ab, b]", "[a, up, b]"),
        is(walk + "[1]: link \"up\" does not join hub \"b\". It joins: a, a."));
    assertThat(
        changed("[a, ab, b]", "[a, up, a]"),
        is(
            walk
                + "[1]: hub \"a\" has several roles in link \"up\". Name the one to arrive at:"
                + " up.child or up.parent."));
    assertThat(
        changed("[a, ab, b]", "[a, up.papa, a]"),
        is(walk + "[1]: unknown role of hub a \"papa\". Known: child, parent."));
    assertThat(
        changed("[a, ab, b]", "[a, ab, a]"),
        is(walk + "[1]: link \"ab\" joins hub \"a\" only once. It joins: a, b."));
    assertThat(
        report(
            MODEL
                .replace("[a, ab, b], with: [ev]", "[a, up.parent, a], with: [bc]")
                .replace("hubs: {a: x,", "hubs: {c: w, a: x,")
                .replace("  ev: {", "  bc: {hubs: [b, c]}\n  ev: {")),
        is("vault.yaml:22 bridges.w.with: link \"bc\" joins no hub of the walk. It joins: b, c."));
  }

  @Test
  public void whatNothingLoads() {
    assertThat(
        changed("hubs: {a: x,", "hubs: {c: w, a: x,"),
        is("vault.yaml:3 hubs.c: warning: no table loads hub \"c\". Its table stays empty."));
  }

  @Test
  public void referenceTables() {
    assertThat(
        report(MODEL.replace("snapshots:", "  s.r: {reference: r, load: append}\nsnapshots:")),
        is(
            "vault.yaml:19 tables.s.r: \"columns\" is missing. Add columns: COLUMNS, with"
                + " `reference`: its columns.\n"
                + "vault.yaml:19 tables.s.r: \"key\" is missing. Add key: COLUMNS, the columns that"
                + " identify a row, where the table has no primary key; with `reference`, the key of"
                + " the reference table.\n"
                + "vault.yaml:19 tables.s.r.load: unknown load mode of a reference table \"append\"."
                + " Known: dedup, scd2, insert_only."));
    assertThat(
        changed("    a: ax", "    columns: [q]\n    a: ax"),
        is(
            "vault.yaml:10 tables.s.t.columns: \"columns\" are those of a reference table. Add"
                + " reference: NAME, or put them into a satellite."));
  }

  @Test
  public void includedFiles() {
    String main =
        "vault: v\ninclude: [parts/a.yaml, b.yaml, gone.yaml, parts/../b.yaml]\nhubs: {h: x}\n";
    Map<String, String> files =
        Map.of(
            "parts/a.yaml",
            "sources: {s: {database: d, record_source: R}}\nhubs:\n  g: y\n  h: z\nvault: w\n",
            "b.yaml",
            "include: parts/a.yaml\ntables: {s.t: {h: a, g: b, satellites: {x: {of: h, colums: [c]}}}}\n");

    String report =
        VaultModelReader.validate("vault.yaml", main, name -> Optional.ofNullable(files.get(name)))
            .toString();

    assertThat(
        report,
        is(
            "b.yaml:1 include: \"parts/a.yaml\" is included twice, or includes itself. Name each"
                + " file once.\n"
                + "b.yaml:2 tables.s.t.satellites.x: \"columns\" is missing. Add columns: COLUMNS,"
                + " the payload, in the order in which it is hashed.\n"
                + "b.yaml:2 tables.s.t.satellites.x.colums: unknown key \"colums\". Known: of, kind,"
                + " columns, untracked, mask, child, grain, load, deletes, late, start, end,"
                + " satellites. Did you mean \"columns\"?\n"
                + "parts/a.yaml:4 hubs.h: \"h\" stands twice, also at vault.yaml:3. Take one out.\n"
                + "parts/a.yaml:5 vault: \"vault\" stands twice, also at vault.yaml:1. Take one out.\n"
                + "vault.yaml:1 vault: \"vault\" stands twice, also at parts/a.yaml:5. Take one out.\n"
                + "vault.yaml:2 include: there is no file \"gone.yaml\" (looked for gone.yaml). Paths"
                + " are relative to the file that includes.\n"
                + "vault.yaml:2 include: \"parts/../b.yaml\" is included twice, or includes itself."
                + " Name each file once.\n"
                + "vault.yaml:3 hubs.h: \"h\" stands twice, also at parts/a.yaml:4. Take one out."));
  }
}
