package dev.larder.transforms.model;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashProfile;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code hashing}, {@code time}, {@code defaults} and {@code masking}. */
final class SettingsReader {
  private static final String DEFAULT_OPEN_END = "9999-12-31T00:00:00Z";

  private final Hashing hashing;
  private final long openEnd;
  private final Defaults defaults;
  private final SecretRef maskSecret;

  /**
   * @param top the sections of the file
   */
  SettingsReader(Map<String, Element> top) {
    hashing = hashing(top.get("hashing"));
    openEnd = openEnd(top.get("time"));
    defaults = defaults(top.get("defaults"));
    maskSecret = maskSecret(top.get("masking"));
  }

  Hashing hashing() {
    return hashing;
  }

  long openEnd() {
    return openEnd;
  }

  Defaults defaults() {
    return defaults;
  }

  /** May be null. */
  SecretRef maskSecret() {
    return maskSecret;
  }

  private static Hashing hashing(Element element) {
    Map<String, Element> entries =
        element == null ? Map.of() : element.map(SettingsGrammar.HASHING);
    List<String> profiles = Arrays.stream(HashProfile.values()).map(HashProfile::id).toList();
    String id = Names.oneOf(entries.get("profile"), "hash profile", profiles);
    Hashing usual = Hashing.of(HashProfile.values()[Math.max(0, profiles.indexOf(id))]);
    List<String> algorithms = List.of("sha256", "sha1", "md5");
    String algorithm = Names.oneOf(entries.get("algorithm"), "hash algorithm", algorithms);
    return new Hashing(
        usual.profile(),
        algorithm.isEmpty()
            ? usual.algorithm()
            : HashAlgorithm.valueOf(algorithm.toUpperCase(Locale.ROOT)),
        Names.oneOf(entries.get("store"), "form of hashes", Hashing.Store.class, usual.store()));
  }

  private static long openEnd(Element time) {
    String text = DEFAULT_OPEN_END;
    Element element = null;
    if (time != null) {
      element = time.map(SettingsGrammar.TIME).get("open_end");
      text = element == null ? text : element.text("a time like 9999-12-31T00:00:00Z");
    }
    try {
      return Values.micros(Instant.parse(text));
    } catch (DateTimeParseException e) {
      if (!text.isEmpty()) {
        element.report(ModelErrors.noInstant(text));
      }
      return 0;
    }
  }

  private static Defaults defaults(Element element) {
    if (element == null) {
      return Defaults.STANDARD;
    }
    Map<String, Element> entries = element.map(SettingsGrammar.DEFAULTS);
    String ghost = Names.oneOf(entries.get("ghost"), "choice", List.of("true", "false"));
    return new Defaults(
        Names.oneOf(
            entries.get("load"), "load mode", Satellite.Load.class, Defaults.STANDARD.load()),
        Names.oneOf(entries.get("deletes"), "policy", Satellite.Deletes.class, null),
        Names.oneOf(entries.get("late"), "policy", Satellite.Late.class, Defaults.STANDARD.late()),
        ghost.equals("true") ? Defaults.Ghosts.INSERT : Defaults.Ghosts.NONE);
  }

  private static SecretRef maskSecret(Element element) {
    if (element == null) {
      return null;
    }
    Element secret = element.map(SettingsGrammar.MASKING).get("secret");
    return secret == null ? null : secret(secret, "secret");
  }

  /** A reference to a secret; null, and reported without its text, for anything else. */
  static SecretRef secret(Element element, String what) {
    try {
      return SecretRef.parse(element.isText() ? element.text("") : "");
    } catch (UserException e) {
      element.report(ModelErrors.plainSecret(what));
      return null;
    }
  }
}
