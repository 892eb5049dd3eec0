package dev.larder.transforms.hash;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.Test;

/**
 * Golden vectors of the profiles of other packages, computed by MySQL 8.0.31, not by Larder:
 *
 * <pre>{@code
 * SET NAMES utf8mb4;
 * CREATE FUNCTION adv(s TEXT CHARACTER SET utf8mb4) RETURNS LONGTEXT CHARACTER SET utf8mb4
 *   DETERMINISTIC RETURN IFNULL(NULLIF(UPPER(TRIM(s)), ''), '^^');
 * CREATE FUNCTION d4d(s TEXT CHARACTER SET utf8mb4) RETURNS LONGTEXT CHARACTER SET utf8mb4
 *   DETERMINISTIC RETURN IFNULL(CONCAT('"', REPLACE(REPLACE(REPLACE(REPLACE(TRIM(s),
 *     '\\', '\\\\'), '"', 'dv4dbt-quote-replacement'), '||', 'dv4dbt-concat-replacement'),
 *     '^^', 'dv4dbt-null-replacement'), '"'), '^^');
 * CREATE FUNCTION cleaned(s TEXT CHARACTER SET utf8mb4) RETURNS LONGTEXT CHARACTER SET utf8mb4
 *   DETERMINISTIC RETURN REPLACE(REPLACE(REPLACE(REPLACE(s, '\n', ''), '\t', ''), CHAR(11), ''),
 *     '\r', '');
 * SELECT UPPER(SHA2(adv('  de-é '), 256));                                    -- adv 1
 * SELECT UPPER(MD5(CONCAT_WS('||', adv('de'), adv('00012'))));                -- adv 2
 * SELECT UPPER(SHA1(CONCAT_WS('||', adv('de'), adv('  '), adv('x||y'))));     -- adv 3
 * SELECT UPPER(SHA2(CONCAT_WS('||', TRIM(' de '), TRIM('é')), 256));          -- adv 4
 * SELECT UPPER(SHA2(CONCAT_WS('||', adv(NULL), adv('')), 256));               -- adv 5
 * SELECT UPPER(SHA2(CONCAT_WS('||', adv(' zoë '), adv(CAST(12.5 AS DECIMAL(10,2))),
 *   adv(CAST('2024-02-29' AS DATE)), adv(CAST('2024-03-31 02:30:00.123' AS DATETIME(3))),
 *   adv(CAST(2 AS DOUBLE)), adv(CAST(0.1 AS DOUBLE)), adv(NULL), adv(-5)), 256)); -- adv 6
 * SELECT MD5(cleaned(UPPER(CONCAT_WS('||', d4d(' de '), d4d('00012')))));     -- d4d 1
 * SELECT SHA1(cleaned(UPPER(CONCAT_WS('||', d4d('a||b'), d4d('say "^^"'), d4d(NULL),
 *   d4d('')))));                                                              -- d4d 2
 * SELECT SHA2(cleaned(CONCAT_WS('||', d4d(' Zoë\n'), d4d('a\\b\tc'), d4d(NULL),
 *   d4d(12.50))), 256);                                                       -- d4d 3
 * }</pre>
 */
public class HashProfileTest {

  private static HashInput input(HashProfile profile, String... parts) {
    HashInput input = profile.input();
    Arrays.stream(parts).forEach(input::add);
    return input;
  }

  private static String key(HashProfile profile, HashAlgorithm algorithm, String... parts) {
    return profile.hex(input(profile, parts).key(algorithm));
  }

  private static String diff(HashProfile profile, HashAlgorithm algorithm, String... parts) {
    return profile.hex(input(profile, parts).diff(algorithm));
  }

  @Test
  public void automateDvTrimsAndRaisesEachPartOfAKey() {
    HashProfile adv = HashProfile.AUTOMATE_DV;
    assertThat(
        key(adv, HashAlgorithm.SHA256, "  de-é "),
        is("F47E43040D18B87166102D00D6CE8AF14EE791254443601515F9020630BF1604"));
    assertThat(key(adv, HashAlgorithm.MD5, "de", "00012"), is("DAAC6B60DEE16D8A5ECA1E9F5F3428ED"));
    assertThat(
        key(adv, HashAlgorithm.SHA1, "de", "  ", "x||y"),
        is("E6B4AE4C730448F3A8D7E5D7C3BC2D8B667BB3DB"));
    assertThat(
        key(HashProfile.AUTOMATE_DV_CASED, HashAlgorithm.SHA256, " de ", "é"),
        is("0FF6276A7812F6218843EEC726A0BE1983CE82AE0E4797B6940E9DA7108D8A41"));
  }

  @Test
  public void automateDvHasNoKeyWhereNoPartIsThereButAHashDiff() {
    HashInput none = input(HashProfile.AUTOMATE_DV, null, "");

    assertThat(none.key(HashAlgorithm.SHA256), is(nullValue()));
    assertThat(
        HashProfile.AUTOMATE_DV.hex(none.diff(HashAlgorithm.SHA256)),
        is("D5E0110FA962EA146450F370C04123A3C2F5F0B4F8F42FD60F24207599FB5879"));
    assertThat(input(HashProfile.AUTOMATE_DV, " ").key(HashAlgorithm.SHA256), is(nullValue()));
    assertThat(
        "one part ^^ is a value", input(HashProfile.AUTOMATE_DV, "^^").isAbsent(), is(false));
    assertThat(
        "as in AutomateDV, two are not", input(HashProfile.AUTOMATE_DV, "^^", "^^").isAbsent());
  }

  @Test
  public void automateDvSortsAHashDiffByNameAndCastsAsItsDatabaseDoes() {
    RowSchema table =
        RowSchema.of(
            Column.nullable("h_count", ColumnType.INT),
            Column.nullable("A_name", ColumnType.STRING),
            Column.nullable("b_price", ColumnType.decimal(10, 2)),
            Column.nullable("c_day", ColumnType.DATE),
            Column.nullable("D_at", ColumnType.DATETIME),
            Column.nullable("e_rate", ColumnType.DOUBLE),
            Column.nullable("F_ratio", ColumnType.DOUBLE));
    Object[] row = {
      -5L, " zoë ", new BigDecimal("12.50"), 19_782, 1_711_852_200_123_456L, 2.0, 0.1
    };
    List<String> declared =
        List.of("g_gone", "F_ratio", "h_count", "e_rate", "b_price", "A_name", "D_at", "c_day");

    byte[] diff =
        new HashDiff(HashProfile.AUTOMATE_DV, HashAlgorithm.SHA256, table, declared).of(row);

    assertThat(
        HashProfile.AUTOMATE_DV.hex(diff),
        is("869C692E5D66F674ACA5F334C3EACEF8CE5DA534D943C7E94F67D3B8D16EBA06"));
  }

  @Test
  public void datavault4dbtQuotesAndReplacesDelimiters() {
    HashProfile d4d = HashProfile.DATAVAULT4DBT_V2;
    assertThat(
        key(d4d, HashAlgorithm.MD5, " de ", "00012"), is("0083e4df940d37c7a40ab0a62729a54b"));
    assertThat(
        key(d4d, HashAlgorithm.SHA1, "a||b", "say \"^^\"", null, ""),
        is("56118f8cfbc17e9406260a18256203d55a82dac8"));
    assertThat(
        diff(d4d, HashAlgorithm.SHA256, " Zoë\n", "a\\b\tc", null, "12.50"),
        is("5ee6b2b46092cc675cebc3d74412bb7e1eebfcf21f2213afcb3a2f363cf9be01"));
  }

  @Test
  public void datavault4dbtGivesTheUnknownKeyWhereNoPartIsThere() {
    HashProfile d4d = HashProfile.DATAVAULT4DBT_V2;
    assertThat(key(d4d, HashAlgorithm.MD5, null, null), is("00".repeat(16)));
    assertThat(diff(d4d, HashAlgorithm.MD5, (String) null), is("00".repeat(16)));
    assertThat("an empty text is a value", input(d4d, "").isAbsent(), is(false));
  }

  @Test
  public void aLinkOfAnyProfileIsHashedFromThePartsOfItsHubs() {
    for (HashProfile profile : HashProfile.values()) {
      byte[] order = input(profile, "DE", "1001").encoded();
      byte[] product = input(profile, "margherita ").encoded();

      byte[] link =
          profile.input().addEncoded(order).addEncoded(product).add("3").key(HashAlgorithm.MD5);

      assertThat(
          profile.id(),
          profile.hex(link),
          is(key(profile, HashAlgorithm.MD5, "DE", "1001", "margherita ", "3")));
    }
  }
}
