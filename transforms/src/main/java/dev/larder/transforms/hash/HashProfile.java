package dev.larder.transforms.hash;

import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;

/**
 * How a hash is made of business keys and payloads (RULES 1). Hashes of two profiles never agree: a
 * table has one profile for life, and keeps its {@link #id} in its properties.
 *
 * <p><b>{@code automate-dv}</b> reproduces AutomateDV bit for bit. A row of named columns is hashed
 * so:
 *
 * <pre>{@code
 * HashInput input = HashProfile.AUTOMATE_DV.input();
 * byte[] key = input.clear().add(type1, value1).add(type2, value2).key(algorithm); // as listed
 * HashDiff diff = new HashDiff(HashProfile.AUTOMATE_DV, algorithm, rowSchema, names); // any order
 * byte[] hashdiff = diff.of(values);
 * String stored = HashProfile.AUTOMATE_DV.hex(hashdiff); // upper case
 * }</pre>
 *
 * {@code key} is null where every part is NULL, blank or empty. A hash diff that AutomateDV
 * declares as one plain column (not as a list of one) behaves as a key there: use {@code key} for
 * it. With {@code hash_content_casing: disabled} take {@link #AUTOMATE_DV_CASED}.
 *
 * <p><b>Source</b>: {@code automate-dv} from Datavault-UK/automate-dv, {@code
 * macros/supporting/hash_components/standard_column_wrapper.sql} and {@code null_expression.sql},
 * and from the expectations of its public test suite. {@code datavault4dbt-v2} from
 * ScalefreeCOM/datavault4dbt, {@code macros/supporting/hash.sql} and {@code
 * hash_standardization.sql}, with what version 2.0 changed as its {@code
 * docs/26_general-usage-notes/29_global-variables} and {@code 41_rehashing} and the descriptions of
 * its pull requests 471 and 479 tell.
 *
 * <p><b>Not confirmed</b>: both packages leave the text of a value to the database. Ours is
 * Snowflake's with its default formats ({@link PlatformText}); values of type TIME, and floats
 * outside 1e-5 to 1e15, are not vouched for. Case mapping is Unicode's. TRIM takes blanks only, as
 * Snowflake, Databricks and Postgres do; BigQuery's takes every white space.
 */
public enum HashProfile {
  /** Parts with their lengths: no two lists of parts have the same bytes. See the package. */
  STRICT("strict"),

  /**
   * {@code NULLIF(UPPER(TRIM(text)), '')}, NULL as {@code ^^}, joined by {@code ||}; a key of which
   * no part is there is NULL; hash diffs sorted by column name.
   */
  AUTOMATE_DV("automate-dv"),

  /** As {@link #AUTOMATE_DV}, without UPPER. */
  AUTOMATE_DV_CASED("automate-dv-cased"),

  /**
   * {@code "text"} trimmed, with a backslash doubled and {@code "}, {@code ||}, {@code ^^} in it
   * replaced by {@code dv4dbt-quote-replacement}, {@code dv4dbt-concat-replacement}, {@code
   * dv4dbt-null-replacement}; NULL as {@code ^^} without quotes; joined by {@code ||}; keys in
   * upper case, hash diffs as they are and as listed; line feeds, tabs, vertical tabs and carriage
   * returns removed from the whole. Where no part is there, key and hash diff are {@code 00...0}.
   * An empty text is a value, as on Snowflake, Databricks, Postgres and BigQuery.
   */
  DATAVAULT4DBT_V2("datavault4dbt-v2");

  private static final Comparator<String> BY_NAME =
      Comparator.comparing((String name) -> name.toUpperCase(Locale.ROOT))
          .thenComparing(Comparator.naturalOrder());

  private final String id;

  HashProfile(String id) {
    this.id = id;
  }

  /** The name in a model file and in table properties: {@code automate-dv}. */
  public String id() {
    return id;
  }

  /** A new, empty input. */
  public HashInput input() {
    return this == STRICT ? new StrictInput() : new JoinedInput(this);
  }

  /** Whether a part of a business key that is the empty text is a value; else it is absent. */
  public boolean keepsEmptyKeys() {
    return this == DATAVAULT4DBT_V2;
  }

  /**
   * Whether the columns of a hash diff are sorted by {@link #byName}; else they keep their order.
   */
  public boolean sortsDiffs() {
    return this == AUTOMATE_DV || this == AUTOMATE_DV_CASED;
  }

  /** Column names without regard to case, as AutomateDV sorts them. */
  public static Comparator<String> byName() {
    return BY_NAME;
  }

  /** The text under which a hash is stored: upper case for AutomateDV, else lower case. */
  public String hex(byte[] hash) {
    return (sortsDiffs() ? HexFormat.of().withUpperCase() : HexFormat.of()).formatHex(hash);
  }
}
