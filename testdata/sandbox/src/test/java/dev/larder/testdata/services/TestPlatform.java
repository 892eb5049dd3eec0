package dev.larder.testdata.services;

import static org.junit.Assume.assumeNoException;

import dev.larder.io.changes.UserException;

/** Where tests of real servers can run. */
public final class TestPlatform {
  private TestPlatform() {}

  /** Skips the test, saying why, where the sandbox's servers cannot run. */
  public static void assumeSupported() {
    try {
      Platform.current().check();
    } catch (UserException e) {
      assumeNoException(e);
    }
  }
}
