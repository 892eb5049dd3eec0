package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import org.junit.Test;

public final class JsonTextTest {

  @Test
  public void takesOutWhiteSpaceBetweenTokens() {
    assertThat(
        JsonText.canonical("{\"a\": [1, 2.50,\t-1e5], \n\"b\": {}, \"c\": null}\r\n"),
        is("{\"a\":[1,2.50,-1e5],\"b\":{},\"c\":null}"));
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
}
