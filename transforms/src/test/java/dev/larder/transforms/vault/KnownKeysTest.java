package dev.larder.transforms.vault;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.nio.charset.StandardCharsets;
import org.junit.Test;

public class KnownKeysTest {
  private static final int KEYS = 50_000;

  private final KnownKeys known = new KnownKeys();
  private int hashed;

  private Object of(String key) {
    return known.of(
        key.getBytes(StandardCharsets.UTF_8),
        () -> {
          hashed++;
          return "hash of " + key;
        });
  }

  @Test
  public void keysThatComeAgainAreSeldomHashed() {
    for (int i = 0; i < KEYS; i++) {
      assertThat(of("shop " + i % 100), is("hash of shop " + i % 100));
    }

    assertThat(hashed, lessThan(KEYS / 10));
  }

  @Test
  public void keysThatComeOnceAreNotLookedUpForEver() {
    for (int i = 0; i < KEYS; i++) {
      assertThat(of("order " + i), is("hash of order " + i));
    }
    hashed = 0;

    of("order 1");
    of("order 1");

    assertThat(hashed, is(2));
  }
}
