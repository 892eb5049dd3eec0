package dev.larder.transforms.model;

import static dev.larder.transforms.model.Shape.key;
import static dev.larder.transforms.model.Shape.needed;
import static dev.larder.transforms.model.ValueType.NAME;
import static dev.larder.transforms.model.ValueType.either;
import static dev.larder.transforms.model.ValueType.text;
import static dev.larder.transforms.model.ValueType.words;

import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.ValueType.Named;
import dev.larder.transforms.model.ValueType.Structure;
import dev.larder.transforms.model.ValueType.Texts;

/**
 * The language of model files: every key, once. The reader takes its known keys from here, {@code
 * docs/vault.schema.json} and {@code docs/model.md} are written from here. Parts are in {@link
 * SettingsGrammar}, {@link TableGrammar} and {@link HelperGrammar}.
 */
final class Grammar {
  static final Shape HUB =
      Shape.of(
          "hub",
          "{key: [NAME, ...], normal: trim}",
          needed(
              "key",
              new Texts("PART"),
              "the parts of the business key, in the order in which they are hashed",
              "[country, code]"),
          key(
              "normal",
              words(Normalisation.class),
              "none",
              "what is done to each part before it is hashed and stored",
              "upper_trim"));

  static final Shape LINK =
      Shape.of(
          "link",
          "{hubs: [HUB, HUB]}",
          needed(
              "hubs",
              either(new Texts("HUB"), new Named("ROLE", text("HUB", NAME))),
              "the hubs that it joins, in the order in which they are hashed; with names of their"
                  + " own (roles) where one hub stands twice",
              "{child: pizzeria, parent: pizzeria}"),
          key(
              "child",
              new Texts("NAME"),
              "none",
              "dependent child keys: hashed after the hubs' keys, and stored",
              "[line_no]"),
          key(
              "kind",
              words(Link.Kind.class),
              "relation",
              "a relation holds while the source says so, a transaction happened and has a payload;"
                  + " a hierarchy and a same_as join two keys of one hub",
              "transaction"),
          key(
              "driving",
              new Texts("ROLE"),
              "none",
              "the hubs or roles of which one key has one relation at a time: a new relation ends"
                  + " the one before in effectivity satellites",
              "order"),
          key(
              "corrections",
              words(Link.Corrections.class),
              "ignore",
              "what becomes of a transaction that the source changes or deletes: the first form"
                  + " stays, or a row with counter -1 takes it back and the new form is added",
              "counter"));

  static final Shape MODEL =
      Shape.of(
          "model",
          "{vault: NAME, sources: ..., hubs: ..., tables: ...}",
          needed("vault", text("NAME", NAME), "the vault's name", "pizza"),
          key(
              "include",
              new Texts("PATH"),
              "none",
              "files with more sections of the same form, relative to this one; a name may stand in one file only",
              "[pos.yaml, erp.yaml]"),
          key(
              "hashing",
              new Structure(SettingsGrammar.HASHING),
              "as its keys say",
              "how keys and payloads are hashed",
              "{profile: strict}"),
          key(
              "time",
              new Structure(SettingsGrammar.TIME),
              "as its keys say",
              "how time is written",
              "{open_end: 9999-12-31T00:00:00Z}"),
          key(
              "defaults",
              new Structure(SettingsGrammar.DEFAULTS),
              "as its keys say",
              "what holds for satellites that do not say otherwise",
              "{load: scd2}"),
          key(
              "masking",
              new Structure(SettingsGrammar.MASKING),
              "nothing is masked",
              "how masked columns are stored",
              "{secret: env:LARDER_MASK}"),
          needed(
              "sources",
              new Named("SOURCE", new Structure(SettingsGrammar.SOURCE)),
              "the databases that feed the vault",
              "{pos: {database: pos, record_source: POS}}"),
          needed(
              "hubs",
              new Named("HUB", either(text("PART", NAME), new Texts("PART"), new Structure(HUB))),
              "the things of the business, by their keys",
              "{order: {key: [country, number]}}"),
          key(
              "links",
              new Named("LINK", new Structure(LINK)),
              "none",
              "the relations and events that join hubs",
              "{order_line: {hubs: [order, product], child: line_no}}"),
          needed(
              "tables",
              new Named("SOURCE.TABLE", new Structure(TableGrammar.TABLE)),
              "how each source table feeds the vault",
              "{pos.products: {product: sku}}"),
          key(
              "snapshots",
              new Named("NAME", new Structure(HelperGrammar.SNAPSHOT)),
              "none",
              "moments at which PITs and bridges show the vault",
              "{daily: {at: \"03:00\"}}"),
          key(
              "pits",
              new Named("NAME", new Structure(HelperGrammar.PIT)),
              "none",
              "point-in-time tables",
              "{p: {of: product, satellites: [product_pos], snapshot: daily}}"),
          key(
              "bridges",
              new Named("NAME", new Structure(HelperGrammar.BRIDGE)),
              "none",
              "bridge tables",
              "{b: {walk: [order, order_line, product], snapshot: daily}}"),
          key(
              "business",
              new Named("NAME", new Structure(HelperGrammar.BUSINESS)),
              "none",
              "satellites that SQL computes from the vault",
              "{order_total: {of: order, sql: order_total.sql}}"),
          key(
              "marts",
              new Named("NAME", new Structure(HelperGrammar.MART)),
              "none",
              "tables that SQL computes for readers",
              "{sales: {sql: marts/sales.sql}}"));

  private Grammar() {}
}
