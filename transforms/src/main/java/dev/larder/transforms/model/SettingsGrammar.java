package dev.larder.transforms.model;

import static dev.larder.transforms.model.Shape.key;
import static dev.larder.transforms.model.Shape.needed;
import static dev.larder.transforms.model.ValueType.SECRET;
import static dev.larder.transforms.model.ValueType.text;
import static dev.larder.transforms.model.ValueType.words;

import dev.larder.transforms.hash.HashProfile;
import dev.larder.transforms.model.ValueType.Flag;
import dev.larder.transforms.model.ValueType.Words;
import java.util.Arrays;
import java.util.List;

/** The part of the {@link Grammar} about settings and sources. */
final class SettingsGrammar {
  static final Shape HASHING =
      Shape.of(
          "hashing",
          "{profile: strict, algorithm: sha256}",
          key(
              "profile",
              new Words(Arrays.stream(HashProfile.values()).map(HashProfile::id).toList()),
              "strict",
              "how values become the bytes that are hashed; the others are those of the packages"
                  + " AutomateDV (-cased: with hash_content_casing disabled) and datavault4dbt 2,"
                  + " bit for bit",
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
              "what becomes of deleted rows, see `deletes` of a satellite; with ignore, links have"
                  + " no status either",
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
              "where the secret is found with which the columns under `mask` are hashed"
                  + " (HMAC-SHA256); with another secret the same value has another mask",
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
              "pos."),
          key(
              "topic",
              text("NAME"),
              "a topic for each table",
              "the one Kafka topic that holds the changes of all its tables, where topics are few"
                  + " (Azure Event Hubs); several sources may share it",
              "changes"));

  private SettingsGrammar() {}
}
