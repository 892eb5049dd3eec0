package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public final class SecretRefTest {
  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void readsTheFirstLineOfAFile() throws IOException {
    Path file = folder.newFile("password").toPath();
    Files.writeString(file, "s3 cret\r\nsecond line\n");

    assertThat(SecretRef.parse("file:" + file).resolve(), is("s3 cret"));
  }

  @Test
  public void readsAnEnvironmentVariable() {
    assertThat(SecretRef.parse("env:PATH").resolve(), is(System.getenv("PATH")));
  }

  @Test
  public void printsTheReferenceAndNotTheSecret() {
    assertThat(SecretRef.parse("env:PATH").toString(), is("env:PATH"));
  }

  @Test
  public void refusesALiteralWithoutRepeatingIt() {
    UserException e = assertThrows(UserException.class, () -> SecretRef.parse("hunter2"));

    assertThat(e.getMessage(), not(containsString("hunter2")));
    assertThat(
        e.getMessage(),
        is(
            "A secret must be given as a reference, not as its value (which is not shown here). Put"
                + " it into an environment variable and write env:NAME, or into a file and write"
                + " file:PATH."));
    assertThat(e.exitCode(), is(2));
  }

  @Test
  public void saysWhichVariableIsNotSet() {
    UserException e =
        assertThrows(
            UserException.class, () -> SecretRef.parse("env:LARDER_NO_SUCH_VARIABLE").resolve());

    assertThat(
        e.getMessage(),
        is(
            "env:LARDER_NO_SUCH_VARIABLE: the environment variable is not set. Set it where Larder"
                + " runs: export LARDER_NO_SUCH_VARIABLE=..."));
  }

  @Test
  public void saysWhichFileCannotBeRead() {
    Path missing = folder.getRoot().toPath().resolve("missing");

    UserException e =
        assertThrows(UserException.class, () -> SecretRef.parse("file:" + missing).resolve());

    assertThat(
        e.getMessage(),
        is(
            "file:"
                + missing
                + ": the file cannot be read (java.nio.file.NoSuchFileException: "
                + missing
                + "). Create it with the secret as its first line, readable by the user that runs"
                + " Larder, on every machine that runs it."));
  }
}
