package dev.larder.transforms.hash;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import org.junit.Test;

/**
 * Golden vectors of profile {@code strict}, computed by MySQL 8.0.31 (and by Python's hashlib), not
 * by Larder:
 *
 * <pre>{@code
 * SET NAMES utf8mb4;
 * CREATE FUNCTION part(s TEXT CHARACTER SET utf8mb4) RETURNS LONGBLOB DETERMINISTIC RETURN
 *   IF(s IS NULL, x'00', CONCAT(x'01', UNHEX(LPAD(HEX(LENGTH(s)), 8, '0')), CAST(s AS BINARY)));
 * SELECT SHA2(CONCAT(part('DE'), part('00012')), 256);                     -- keyOfTwoParts
 * SELECT SHA1(CONCAT(part('DE'), part('00012')));                          -- keyBySha1
 * SELECT MD5(CONCAT(part('DE'), part('00012')));                           -- keyByMd5
 * SELECT SHA2(CONCAT(part('DE'), part(NULL)), 256);                        -- keyWithAnAbsentPart
 * SELECT SHA2(part('Café ☕'), 256);                                        -- keyOfOtherLetters
 * SELECT SHA2(CONCAT(part('DE'), part('1001'), part('MARGHERITA'), part('3')), 256); -- keyOfALink
 * SELECT SHA2('', 256);                                                    -- diffOfNothing
 * SELECT SHA2(CONCAT(part('Zoë'), part(''), part(NULL), part('12.50'), part('2024-02-29'),
 *   part('2024-03-31T02:30:00.000000'), part('2024-03-31T02:30:00.123456Z'), part('true'),
 *   part('-5'), part('0aff')), 256);                                       -- diffOfEveryKind
 * }</pre>
 */
public class HashKeyTest {

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  public void keyOfTwoParts() {
    assertThat(
        hex(HashKey.of(HashAlgorithm.SHA256, "DE", "00012")),
        is("b988c119427051c5b427688df4face5cd688a85b3236784038a105804a591f9b"));
  }

  @Test
  public void keyBySha1() {
    assertThat(
        hex(HashKey.of(HashAlgorithm.SHA1, "DE", "00012")),
        is("e4d802dd6c24fb0a1ce921957e9c57877b0ff206"));
  }

  @Test
  public void keyByMd5() {
    assertThat(
        hex(HashKey.of(HashAlgorithm.MD5, "DE", "00012")), is("c17e0fa9f0f70d0d87d43a6ad9bcbb0a"));
  }

  @Test
  public void keyWithAnAbsentPart() {
    assertThat(
        hex(HashKey.of(HashAlgorithm.SHA256, "DE", null)),
        is("fe9467521f0100bf7c6e21bfc22817057afc0ff01803ecb44351198d9ed32d4e"));
  }

  @Test
  public void keyOfOtherLetters() {
    assertThat(
        hex(HashKey.of(HashAlgorithm.SHA256, "Café ☕")),
        is("75190b8a83f8a9dc8c2c4d645dd6f3a2d2fca12ecdfe1080c7d910f5d2dc8c24"));
  }

  @Test
  public void keyOfALinkIsMadeOfTheBusinessKeysOfItsHubs() {
    HashInput order = HashInput.strict().add("DE").add("1001");
    HashInput product = HashInput.strict().add("MARGHERITA");

    byte[] link =
        HashInput.strict()
            .addEncoded(order.encoded())
            .addEncoded(product.encoded())
            .add("3")
            .key(HashAlgorithm.SHA256);

    assertThat(hex(link), is("bfa74ab7f0068b43a23af56f7a716595be285298ef2d8f4d72551fca4ac4858c"));
  }

  @Test
  public void diffOfNothing() {
    HashDiff diff =
        new HashDiff(
            HashProfile.STRICT,
            HashAlgorithm.SHA256,
            RowSchema.of(Column.nullable("a", ColumnType.INT)),
            List.of("a", "gone"));

    assertThat(
        hex(diff.of(new Object[] {null})),
        is("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
  }

  @Test
  public void diffOfEveryKind() {
    RowSchema table =
        RowSchema.of(
            Column.nullable("number", ColumnType.INT),
            Column.nullable("name", ColumnType.STRING),
            Column.nullable("empty", ColumnType.STRING),
            Column.nullable("absent", ColumnType.JSON),
            Column.nullable("price", ColumnType.decimal(10, 2)),
            Column.nullable("day", ColumnType.DATE),
            Column.nullable("clock", ColumnType.DATETIME),
            Column.nullable("instant", ColumnType.TIMESTAMP),
            Column.nullable("flag", ColumnType.BOOLEAN),
            Column.nullable("bytes", ColumnType.BINARY),
            Column.nullable("later", ColumnType.INT));
    List<String> declared =
        List.of(
            "name", "empty", "absent", "price", "day", "clock", "instant", "flag", "number",
            "bytes", "later");
    Object[] row = {
      -5L,
      "Zoë",
      "",
      null,
      new BigDecimal("12.50"),
      19_782,
      1_711_852_200_000_000L,
      1_711_852_200_123_456L,
      true,
      new byte[] {0x0a, (byte) 0xff},
      null
    };

    assertThat(
        hex(new HashDiff(HashProfile.STRICT, HashAlgorithm.SHA256, table, declared).of(row)),
        is("039071111eddd67210e42810feef760016d03b184b766b16a4c9ee88b01fb07f"));
  }

  @Test
  public void keysOfUnknownAndErroneousAreAllZerosAndAllOnes() {
    assertThat(hex(HashKey.unknown(HashAlgorithm.MD5)), is("00".repeat(16)));
    assertThat(hex(HashKey.error(HashAlgorithm.SHA256)), is("ff".repeat(32)));
  }

  @Test
  public void neighboursThatJoinedTextsConfuseStayApart() {
    byte[] key = HashKey.of(HashAlgorithm.SHA256, "a", "bc");

    assertThat(key, is(not(HashKey.of(HashAlgorithm.SHA256, "ab", "c"))));
    assertThat(
        HashKey.of(HashAlgorithm.SHA256, "a||b"),
        is(not(HashKey.of(HashAlgorithm.SHA256, "a", "b"))));
    assertThat(
        HashKey.of(HashAlgorithm.SHA256, "^^", "b"),
        is(not(HashKey.of(HashAlgorithm.SHA256, null, "b"))));
  }

  @Test
  public void normalisationTakesBlanksAndCaseAndEmptyTexts() {
    assertThat(Normalisation.UPPER_TRIM.apply("  de-é\t "), is("DE-É\t"));
    assertThat(Normalisation.LOWER_TRIM.apply(" AB "), is("ab"));
    assertThat(Normalisation.NONE.apply(" "), is(" "));
    assertThat(Normalisation.NONE.apply("") == null, is(true));
    assertThat(Normalisation.TRIM.apply("  ") == null, is(true));
    assertThat(Normalisation.UPPER.apply(null) == null, is(true));
  }
}
