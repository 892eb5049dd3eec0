package dev.larder.transforms.model;

import static dev.larder.transforms.model.Shape.key;
import static dev.larder.transforms.model.Shape.needed;
import static dev.larder.transforms.model.ValueType.either;
import static dev.larder.transforms.model.ValueType.text;
import static dev.larder.transforms.model.ValueType.words;

import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.ValueType.Flag;
import dev.larder.transforms.model.ValueType.Named;
import dev.larder.transforms.model.ValueType.Steps;
import dev.larder.transforms.model.ValueType.Structure;
import dev.larder.transforms.model.ValueType.Texts;
import dev.larder.transforms.model.ValueType.Words;
import java.util.Arrays;
import java.util.List;

/**
 * The language of model files: every key, once. The reader takes its known keys from here, {@code
 * docs/vault.schema.json} and {@code docs/model.md} are written from here.
 */
final class Grammar {
  static final String NAME = "[A-Za-z][A-Za-z0-9_]*";
  static final String TABLE_NAME = NAME + "\\.[A-Za-z0-9_$-]+";

  /** A number of days, weeks, months or years. */
  static final String PERIOD_TEXT = "([1-9][0-9]{0,4})([dwmy])|forever";

  static final ValueType SECRET = text("env:NAME | file:PATH", "(env|file):.+");
  static final ValueType PATH = text("PATH");
  static final ValueType COLUMN = text("COLUMN");
  static final ValueType PERIOD = text("90d | 12w | 6m | 5y | forever", PERIOD_TEXT);
  static final ValueType PARENT = text("HUB | LINK", NAME);

  static final Shape HASHING =
      Shape.of(
          "hashing",
          "{profile: strict, algorithm: sha256}",
          key(
              "profile",
              new Words(Arrays.stream(Hashing.Profile.values()).map(Hashing.Profile::id).toList()),
              "strict",
              "how values become the bytes that are hashed; the other two are those of the packages"
                  + " AutomateDV and datavault4dbt 2, bit for bit",
              "strict"),
          key(
              "algorithm",
              new Words(List.of("sha256", "sha1", "md5")),
              "sha256; md5 with the other profiles",
              "the hash function",
              "sha256"),
          key(
              "store",
              words(Hashing.Store.class),
              "binary; hex with datavault4dbt-v2",
              "whether hashes are stored as bytes or as hexadecimal text",
              "binary"));

  static final Shape TIME =
      Shape.of(
          "time",
          "{open_end: 9999-12-31T00:00:00Z}",
          key(
              "open_end",
              text("TIME", "[0-9]{4}-[0-9]{2}-[0-9]{2}T.+Z"),
              "9999-12-31T00:00:00Z",
              "the end of a version that has none, in UTC",
              "9999-12-31T00:00:00Z"));

  static final Shape DEFAULTS =
      Shape.of(
          "defaults",
          "{load: insert_only, late: insert}",
          key(
              "load",
              words(Satellite.Load.class),
              "insert_only",
              "how satellites store versions, see `load` of a satellite",
              "scd2"),
          key(
              "deletes",
              words(Satellite.Deletes.class),
              "close for satellites of load scd2, else track",
              "what becomes of deleted rows, see `deletes` of a satellite",
              "track"),
          key(
              "late",
              words(Satellite.Late.class),
              "insert",
              "what becomes of late rows, see `late` of a satellite",
              "insert"),
          key(
              "ghost",
              new Flag(),
              "false",
              "whether each satellite begins with one row for the unknown key: zero hashes, no"
                  + " payload, the beginning of time",
              "true"));

  static final Shape MASKING =
      Shape.of(
          "masking",
          "{secret: env:NAME}",
          needed(
              "secret",
              SECRET,
              "where the secret is found with which the columns under `mask` are hashed (HMAC-SHA256);"
                  + " with another secret the same value has another mask",
              "env:LARDER_MASK"));

  static final Shape SOURCE =
      Shape.of(
          "source",
          "{database: NAME, record_source: TEXT}",
          needed("database", text("NAME"), "its name on the server", "pos"),
          needed(
              "record_source",
              text("TEXT"),
              "what the vault's rows say of where they came from",
              "POS.MySQL"),
          key(
              "url",
              text("URL"),
              "that of the command line",
              "where it is reached",
              "jdbc:mysql://db/pos"),
          key("user", text("NAME"), "that of the command line", "who reads", "larder"),
          key(
              "password",
              SECRET,
              "that of the command line",
              "where the password is found",
              "env:POS_PASSWORD"),
          key(
              "topic_prefix",
              text("TEXT"),
              "that of the command line",
              "what the names of its Kafka topics begin with",
              "pos."));

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

  static final Shape KEEP =
      Shape.of(
          "keep",
          "{daily: 90d, monthly: 5y, yearly: forever}",
          key("daily", PERIOD, "not kept", "for how long each moment is kept", "90d"),
          key("weekly", PERIOD, "not kept", "for how long those of Mondays are kept", "1y"),
          key(
              "monthly",
              PERIOD,
              "not kept",
              "for how long those of first days of months are kept",
              "5y"),
          key(
              "yearly",
              PERIOD,
              "not kept",
              "for how long those of first days of years are kept",
              "forever"));

  static final Shape SNAPSHOT =
      Shape.of(
          "snapshot",
          "{at: \"03:00\", zone: UTC}",
          key(
              "at",
              text("\"HH:MM\"", "[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?"),
              "\"00:00\"",
              "the time of day of its moments",
              "\"03:00\""),
          key("zone", text("ZONE"), "UTC", "the time zone of that time", "Europe/Berlin"),
          key(
              "keep",
              new Structure(KEEP),
              "every day, forever",
              "which moments are kept for how long; a moment stays if any of the four keeps it",
              "{daily: 90d, yearly: forever}"));

  static final Shape PIT =
      Shape.of(
          "pit",
          "{of: HUB, satellites: [SATELLITE], snapshot: NAME}",
          needed("of", PARENT, "the hub or link whose keys it lists", "pizzeria"),
          needed(
              "satellites",
              new Texts("SATELLITE"),
              "satellites of that hub or link, whose rows it finds",
              "[pizzeria_pos, pizzeria_erp]"),
          needed("snapshot", text("SNAPSHOT", NAME), "the moments", "daily"));

  static final Shape BRIDGE =
      Shape.of(
          "bridge",
          "{walk: [HUB, LINK, HUB], snapshot: NAME}",
          needed(
              "walk",
              new Steps("HUB, LINK, HUB"),
              "hub, link, hub and so on; LINK.ROLE names the role to arrive at where a hub has several",
              "[order, order_line, product]"),
          key(
              "with",
              new Texts("LINK"),
              "none",
              "links that hang on a hub of the walk, whose keys are shown beside it",
              "[order_pizzeria]"),
          needed("snapshot", text("SNAPSHOT", NAME), "the moments", "daily"));

  static final Shape BUSINESS =
      Shape.of(
          "business",
          "{of: HUB, sql: PATH}",
          needed("of", PARENT, "the hub or link that it describes", "order"),
          needed(
              "sql",
              PATH,
              "its query over the vault's tables, in a file beside this one",
              "business/order_total.sql"),
          key(
              "load",
              words(Satellite.Load.class),
              "that of `defaults`",
              "how versions are stored",
              "scd2"));

  static final Shape MART =
      Shape.of(
          "mart",
          "{sql: PATH}",
          needed(
              "sql",
              PATH,
              "the mart's query over the vault's tables, in a file beside this one",
              "marts/sales.sql"));

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
              new Structure(HASHING),
              "as its keys say",
              "how keys and payloads are hashed",
              "{profile: strict}"),
          key(
              "time",
              new Structure(TIME),
              "as its keys say",
              "how time is written",
              "{open_end: 9999-12-31T00:00:00Z}"),
          key(
              "defaults",
              new Structure(DEFAULTS),
              "as its keys say",
              "what holds for satellites that do not say otherwise",
              "{load: scd2}"),
          key(
              "masking",
              new Structure(MASKING),
              "nothing is masked",
              "how masked columns are stored",
              "{secret: env:LARDER_MASK}"),
          needed(
              "sources",
              new Named("SOURCE", new Structure(SOURCE)),
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
              new Named("NAME", new Structure(SNAPSHOT)),
              "none",
              "moments at which PITs and bridges show the vault",
              "{daily: {at: \"03:00\"}}"),
          key(
              "pits",
              new Named("NAME", new Structure(PIT)),
              "none",
              "point-in-time tables",
              "{p: {of: product, satellites: [product_pos], snapshot: daily}}"),
          key(
              "bridges",
              new Named("NAME", new Structure(BRIDGE)),
              "none",
              "bridge tables",
              "{b: {walk: [order, order_line, product], snapshot: daily}}"),
          key(
              "business",
              new Named("NAME", new Structure(BUSINESS)),
              "none",
              "satellites that SQL computes from the vault",
              "{order_total: {of: order, sql: order_total.sql}}"),
          key(
              "marts",
              new Named("NAME", new Structure(MART)),
              "none",
              "tables that SQL computes for readers",
              "{sales: {sql: marts/sales.sql}}"));

  private Grammar() {}
}
