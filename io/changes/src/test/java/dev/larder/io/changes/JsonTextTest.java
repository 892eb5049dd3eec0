package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import java.math.BigDecimal;
import java.util.List;
import org.junit.Test;

public final class JsonTextTest {

  @Test
  public void takesOutWhiteSpaceBetweenTokens() {
    assertThat(
        JsonText.canonical("{\"a\": [1, 2.50,\t-1e5], \n\"b\": {}, \"c\": null}\r\n"),
        is("{\"a\":[1,2.5,-100000],\"b\":{},\"c\":null}"));
  }

  @Test
  public void leavesStringsAsTheyAre() {
    assertThat(
        JsonText.canonical("{\"a b\": \"x: \\\" , y\\\\\", \"c\": \"\\u00e9 ü\"}"),
        is("{\"a b\":\"x: \\\" , y\\\\\",\"c\":\"\\u00e9 ü\"}"));
  }

  @Test
  public void returnsACanonicalTextItself() {
    String json = "{\"a\":[1,\"b c\"]}";

    assertThat(JsonText.canonical(json), sameInstance(json));
  }

  /** Left as MySQL prints it, right as the log has it. */
  @Test
  public void aNumberHasOneSpelling() {
    String[][] equal = {
      {"1e20", "100000000000000000000"},
      {"-1e-7", "-0.0000000999999999999999954748111825886258685613938723690807819366455078125"},
      {"0.1", "0.1000000000000000055511151231257827021181583404541015625"},
      {"100.0", "100"},
      {"-0.0", "0"},
      {"1e15", "1000000000000000"},
      {"9.223372036854776e18", "9223372036854775808"},
      {"1.23456789012345e19", "12345678901234499584"},
      {"1.50", "1.5"},
      {"1.7976931348623157e308", new BigDecimal(Double.MAX_VALUE).toPlainString()},
      {"5e-324", new BigDecimal(Double.MIN_VALUE).toPlainString()},
      {"2.2250738585072014e-308", new BigDecimal(Double.MIN_NORMAL).toPlainString()}
    };
    for (String[] pair : equal) {
      assertThat(pair[0], JsonText.canonical(pair[0]), is(JsonText.canonical(pair[1])));
    }
    assertThat(
        JsonText.canonical("[1e20,-1e-7,1.7976931348623157e308,-2.5e-300]"),
        is("[100000000000000000000,-0.0000001,1.7976931348623157e308,-2.5e-300]"));
  }

  @Test
  public void noDigitOfAnIntegerOrADecimalIsLost() {
    for (String number :
        List.of(
            "9223372036854775807",
            "-9223372036854775808",
            "18446744073709551615",
            "9223372036854775808",
            "12345678901234567890.123",
            "0.1234567890123456789",
            "12345678.9")) {
      assertThat(JsonText.canonical(number), is(number));
    }
  }
}
