package dev.larder.testdata.services;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import java.nio.file.Path;
import org.junit.Test;

public class PlatformTest {
  private static final Path SHELL = Path.of("/bin/sh");

  @Test
  public void refusesAnotherSystemAndSaysHowToGoOn() {
    Platform mac = new Platform("Mac OS X", "aarch64", SHELL);

    UserException e = assertThrows(UserException.class, mac::check);

    assertThat(
        e.getMessage(),
        is(
            "The sandbox's MySQL server runs on Linux x86-64 only; this is Mac OS X aarch64.\n"
                + "Point Larder at a MySQL of your own instead, which works everywhere:"
                + " --source=pos=mysql://user@host:3306/db?password=env:NAME"));
  }

  @Test
  public void refusesAMachineWithoutShell() {
    Platform bare = new Platform("Linux", "amd64", Path.of("/no/such/sh"));

    UserException e = assertThrows(UserException.class, bare::check);

    assertThat(
        e.getMessage(),
        is(
            "The sandbox needs a POSIX shell to guard its servers, and there is no /no/such/sh.\n"
                + "Point Larder at a MySQL of your own instead, which works everywhere:"
                + " --source=pos=mysql://user@host:3306/db?password=env:NAME"));
  }
}
