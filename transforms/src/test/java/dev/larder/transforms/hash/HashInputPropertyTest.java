package dev.larder.transforms.hash;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class HashInputPropertyTest {
  private static final long YEARS_0_TO_10000 = 400_000_000_000_000_000L;

  @Provide
  Arbitrary<List<String>> parts() {
    return Arbitraries.strings()
        .withChars('a', 'b', '\u0000', '\u0001', '|', 'é', '☕')
        .ofMaxLength(4)
        .injectNull(0.2)
        .list()
        .ofMaxSize(4);
  }

  private static byte[] encoded(List<String> parts) {
    HashInput input = HashInput.strict();
    parts.forEach(input::add);
    return input.encoded();
  }

  /** The inverse of the layout: that it exists means that no two lists have the same bytes. */
  private static List<String> decoded(byte[] bytes) {
    List<String> parts = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      if (in.get() == 0) {
        parts.add(null);
      } else {
        byte[] text = new byte[in.getInt()];
        in.get(text);
        parts.add(new String(text, StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  @Property
  void layoutCanBeReadBack(@ForAll("parts") List<String> parts) {
    assertThat(decoded(encoded(parts)), is(parts));
  }

  @Property(tries = 50)
  void layoutHoldsLongTexts(@ForAll @IntRange(min = 0, max = 200_000) int length) {
    List<String> parts = List.of("é".repeat(length / 2), "x".repeat(length), "");

    assertThat(decoded(encoded(parts)), is(parts));
  }

  @Property
  void keysAreEqualExactlyIfTheirPartsAre(
      @ForAll("parts") List<String> left, @ForAll("parts") List<String> right) {
    byte[] leftKey = HashKey.of(HashAlgorithm.SHA256, left.toArray(String[]::new));
    byte[] rightKey = HashKey.of(HashAlgorithm.SHA256, right.toArray(String[]::new));

    assertThat(Arrays.equals(leftKey, rightKey), is(left.equals(right)));
  }

  @Property
  void numbersAreHashedAsTheirText(@ForAll long number) {
    assertThat(
        HashInput.strict().add(ColumnType.INT, number).encoded(),
        is(HashInput.strict().add(Long.toString(number)).encoded()));
  }

  @Property(tries = 3000)
  void timesAreHashedAsTheirText(
      @ForAll @LongRange(min = -YEARS_0_TO_10000, max = YEARS_0_TO_10000) long micros) {
    for (ColumnType type : List.of(ColumnType.DATETIME, ColumnType.TIMESTAMP)) {
      assertThat(
          HashInput.strict().add(type, micros).encoded(),
          is(HashInput.strict().add(Values.text(type, micros)).encoded()));
    }
  }

  @Property(tries = 3000)
  void decimalsAreHashedAsTheirText(
      @ForAll BigInteger unscaled, @ForAll @IntRange(min = 0, max = 30) int scale) {
    for (BigInteger digits :
        List.of(unscaled, BigInteger.valueOf(unscaled.longValue()), BigInteger.valueOf(-1))) {
      BigDecimal value = new BigDecimal(digits, scale);
      assertThat(
          HashInput.strict().add(ColumnType.decimal(38, scale), value).encoded(),
          is(HashInput.strict().add(value.toPlainString()).encoded()));
    }
  }

  @Property(tries = 3000)
  void daysAreHashedAsTheirText(@ForAll @IntRange(min = -5_000_000, max = 5_000_000) int day) {
    assertThat(
        HashInput.strict().add(ColumnType.DATE, day).encoded(),
        is(HashInput.strict().add(Values.text(ColumnType.DATE, day)).encoded()));
  }

  @Property
  void nullableColumnsAtTheEndChangeNoOldHash(
      @ForAll("parts") List<String> values, @ForAll @IntRange(min = 1, max = 3) int added) {
    List<String> more = new ArrayList<>(values);
    for (int i = 0; i < added; i++) {
      more.add(null);
    }

    assertThat(diff(more), is(diff(values)));
  }

  @Property
  void diffsOfRowsOfOneTableAreEqualExactlyIfTheRowsAre(
      @ForAll("parts") List<String> left, @ForAll("parts") List<String> right) {
    List<String> longLeft = padded(left);
    List<String> longRight = padded(right);

    assertThat(Arrays.equals(diff(longLeft), diff(longRight)), is(longLeft.equals(longRight)));
  }

  private static List<String> padded(List<String> values) {
    List<String> padded = new ArrayList<>(values);
    while (padded.size() < 4) {
      padded.add(null);
    }
    return padded;
  }

  private static byte[] diff(List<String> values) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      columns.add(Column.nullable("c" + i, ColumnType.STRING));
    }
    RowSchema table = RowSchema.of(columns);
    return new HashDiff(HashProfile.STRICT, HashAlgorithm.SHA256, table, table.names())
        .of(values.toArray());
  }
}
