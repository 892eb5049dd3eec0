package dev.larder.io.kafka.debezium;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import org.junit.Test;

public class OdditiesTest {

  private static Object read(String declared, Object value) throws IOException, Unfit {
    return Oddities.mended(parser -> value, declared).read(null);
  }

  @Test
  public void theYear1900WhichMySqlDoesNotHaveIs0000() throws Exception {
    assertThat(read("year", 1900L), is(0L));
    assertThat(read("year(4)", 1901L), is(1901L));
    assertThat(read("int", 1900L), is(1900L));
    assertThat(read(null, 1900L), is(1900L));
  }

  @Test
  public void aCommaInAnOptionHasNoBackslash() throws Exception {
    String declared = "enum('a','l,x','it''s, so','b\\,c')";

    assertThat(read(declared, "l\\,x"), is("l,x"));
    assertThat(read(declared, "l,x"), is("l,x"));
    assertThat(read(declared, "it's\\, so"), is("it's, so"));
    assertThat(read(declared, "b\\,c"), is("b\\,c"));
    assertThat(read(declared, "a"), is("a"));
    assertThat(read("varchar(10)", "l\\,x"), is("l\\,x"));
  }
}
