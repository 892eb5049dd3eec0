package dev.larder.transforms.model;

import static dev.larder.transforms.model.Shape.key;
import static dev.larder.transforms.model.Shape.needed;
import static dev.larder.transforms.model.ValueType.either;
import static dev.larder.transforms.model.ValueType.text;
import static dev.larder.transforms.model.ValueType.words;

import dev.larder.transforms.model.Satellite.Kind;
import dev.larder.transforms.model.ValueType.Columns;
import dev.larder.transforms.model.ValueType.Named;
import dev.larder.transforms.model.ValueType.Structure;
import dev.larder.transforms.model.ValueType.Texts;
import dev.larder.transforms.model.ValueType.Words;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The part of the {@link Grammar} that says how tables feed the vault. */
final class TableGrammar {
  static final ValueType EXPRESSION = text("EXPRESSION");

  static final Shape HUB_MAPPING =
      Shape.of(
              "hub-mapping",
              "{PART: COLUMN}",
              key(
                  "when_null",
                  words(SourceTable.WhenNull.class),
                  "reject",
                  "what happens if no part of the key is there: the row goes to the dead letters,"
                      + " what needs the key is left out, or links point to the key 00...0 or"
                      + " ff...f",
                  "unknown"))
          .with(
              "PART",
              EXPRESSION,
              "each part of the hub's key, from columns of the row",
              "code: \"lpad(unit_no, 5, '0')\"");

  static final Shape LINK_MAPPING =
      Shape.of(
              "link-mapping",
              "{CHILD: COLUMN, ROLE: COLUMN}",
              key(
                  "columns",
                  new Columns(),
                  "none",
                  "the payload of a transaction",
                  "[grams, amount]"),
              key(
                  "applied",
                  ValueType.COLUMN,
                  "none",
                  "the column with the time at which a transaction happened",
                  "posted_at"))
          .with(
              "CHILD | ROLE",
              either(EXPRESSION, new Structure(HUB_MAPPING)),
              "each child key; each role whose key is not the one that this table maps for its hub",
              "parent: {country: country_code, code: parent_code}");

  static final Shape SATELLITE =
      Shape.of(
          "satellite",
          "{of: HUB, columns: [COLUMN, ...]}",
          needed(
              "of",
              ValueType.PARENT,
              "the hub or link that it describes, which this table loads",
              "order"),
          key(
              "kind",
              new Words(Arrays.stream(Kind.values()).map(Kind::id).toList()),
              "standard",
              "one payload a key; several at a time; from when to when a relation held; inserts,"
                  + " updates and deletes; in which deliveries a key was seen; in which deliveries"
                  + " which payloads were seen",
              "multi_active"),
          needed(
                  "columns",
                  new Columns(),
                  "the payload, in the order in which it is hashed",
                  "[name, city]")
              .of(Kind.STANDARD, Kind.MULTI_ACTIVE),
          key(
                  "untracked",
                  new Texts("COLUMN"),
                  "none",
                  "columns that are stored with a version and cause none: it has the values with"
                      + " which it began, with `load: scd2` those of its last row",
                  "[updated_at]")
              .of(Kind.STANDARD, Kind.MULTI_ACTIVE),
          key(
                  "mask",
                  new Texts("COLUMN"),
                  "none",
                  "columns of the payload that are stored as keyed hashes only, see `masking`",
                  "[name]")
              .of(Kind.STANDARD, Kind.MULTI_ACTIVE),
          needed(
                  "child",
                  new Texts("COLUMN"),
                  "the columns that tell the rows of one key apart",
                  "[country_code]")
              .of(Kind.MULTI_ACTIVE),
          key(
                  "grain",
                  words(Satellite.Grain.class),
                  "row",
                  "what is compared: each row alone, or all rows of a key as one set, which is"
                      + " stored anew when any of them differs",
                  "set")
              .of(Kind.MULTI_ACTIVE),
          key(
                  "load",
                  words(Satellite.Load.class),
                  "that of `defaults`",
                  "rows are only added, or each version has its end in the table too",
                  "scd2")
              .of(Kind.STANDARD, Kind.MULTI_ACTIVE),
          key(
                  "deletes",
                  words(Satellite.Deletes.class),
                  "that of `defaults`",
                  "what a deleted row leaves: a status row; a version with `deleted` besides; the"
                      + " end of its last version besides (scd2 only); nothing",
                  "close")
              .of(Kind.STANDARD, Kind.MULTI_ACTIVE),
          key(
                  "late",
                  words(Satellite.Late.class),
                  "that of `defaults`",
                  "what becomes of a row that comes when the satellite has a newer version of its"
                      + " key: it takes its place; it is left out, and a dead letter says so; it is"
                      + " left out until `replay` puts it into its place. Sets take late rows in"
                      + " any case",
                  "reject")
              .of(Kind.STANDARD, Kind.MULTI_ACTIVE),
          key(
                  "start",
                  ValueType.COLUMN,
                  "the time of the change",
                  "the column with the time from which the relation holds",
                  "valid_from")
              .of(Kind.EFFECTIVITY),
          key(
                  "end",
                  ValueType.COLUMN,
                  "the time of the change",
                  "the column with the time until which it holds",
                  "valid_to")
              .of(Kind.EFFECTIVITY),
          needed(
                  "satellites",
                  new Texts("SATELLITE"),
                  "satellites of the same hub or link whose sightings it keeps",
                  "[order_pos]")
              .of(Kind.SIGHTINGS));

  static final Shape HISTORY =
      Shape.of(
          "history",
          "{key: COLUMN, columns: [COLUMN, ...]}",
          needed(
              "key",
              new Columns(),
              "the columns that identify what has versions",
              "{ProductId: product_id}"),
          needed(
              "columns",
              new Columns(),
              "the columns whose change makes a version",
              "[name, price]"),
          key(
              "load",
              new Words(List.of("scd2")),
              "scd2",
              "each version with Current, EffectiveFrom and EffectiveTo",
              "scd2"));

  static final Shape READ =
      Shape.of(
          "read",
          "{columns: [COLUMN, ...], where: CONDITION}",
          key(
              "columns",
              new Columns(),
              "all",
              "the columns that come into the lake, by a snapshot and by a connector of Larder's;"
                  + " those of the key come in any case",
              "{except: [photo]}"),
          key(
              "where",
              text("CONDITION"),
              "all rows",
              "which rows a snapshot reads, as SQL of the source's database. The log brings every"
                  + " row that changes, also such that do not meet it; `verify` compares those that"
                  + " do, and takes no notice of others in the vault; for `snapshot --compare` a"
                  + " row that meets it no more is gone",
              "\"ordered_at >= '2020-01-01'\""));

  static final Shape TABLE =
      Shape.of(
              "table",
              "{HUB: COLUMN}",
              key(
                  "key",
                  new Columns(),
                  "the table's primary key",
                  "the columns that identify a row, where the table has no primary key; with"
                      + " `reference`, the key of the reference table",
                  "[id]"),
              key(
                  "read",
                  new Structure(READ),
                  "everything",
                  "which of its columns and rows come into the lake",
                  "{columns: {except: [photo]}}"),
              key(
                  "load",
                  new Words(
                      Stream.concat(
                              Names.words(SourceTable.Load.class).stream(),
                              Names.words(Reference.Load.class).stream())
                          .distinct()
                          .toList()),
                  "dedup",
                  "append adds every event of a transaction, dedup the first of each key; with"
                      + " `reference`: the first row of each key, versions with ends, or all"
                      + " versions",
                  "append"),
              key(
                  "extract",
                  words(SourceTable.Extract.class),
                  "rows",
                  "what a batch of rows that were read says of rows that are not in it: nothing;"
                      + " they are gone; those of its driving keys are gone",
                  "full"),
              key(
                  "load_time",
                  ValueType.COLUMN,
                  "the time of the change's commit",
                  "the column with the load time, where rows bring it",
                  "loaded_at"),
              key(
                  "on_alter",
                  words(SourceTable.OnAlter.class),
                  "evolve",
                  "what becomes of an ALTER TABLE at the source. fail: the stream stops; evolve:"
                      + " new and widened columns are taken over, columns that are gone stay and"
                      + " are NULL in new rows, other types stop the stream; lenient: a column of"
                      + " another type keeps its type, and rows that it cannot hold go to the dead"
                      + " letters; ignore: as lenient, and no column is widened",
                  "lenient"),
              key(
                  "links",
                  either(new Texts("LINK"), new Named("LINK", new Structure(LINK_MAPPING))),
                  "none",
                  "the links that the table loads",
                  "{order_line: {line_no: line_no}}"),
              key(
                  "satellites",
                  new Named("NAME", new Structure(SATELLITE)),
                  "none",
                  "the satellites that the table feeds",
                  "{order_pos: {of: order, columns: [status]}}"),
              key(
                  "history",
                  new Named("NAME", new Structure(HISTORY)),
                  "none",
                  "histories by natural key, without hashes",
                  "{product_history: {key: product_id, columns: [price]}}"),
              key(
                  "reference",
                  text("NAME", ValueType.NAME),
                  "none",
                  "the name of the reference table that it feeds: codes and what they mean",
                  "currency"),
              key(
                  "columns",
                  new Columns(),
                  "none",
                  "with `reference`: its columns",
                  "[name, minor_units]"))
          .with(
              "HUB",
              either(EXPRESSION, new Structure(HUB_MAPPING)),
              "each hub that the table loads, and how its key is read",
              "order: {country: land, number: order_no}");

  private TableGrammar() {}
}
