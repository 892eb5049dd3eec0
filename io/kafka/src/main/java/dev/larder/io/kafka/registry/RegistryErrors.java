package dev.larder.io.kafka.registry;

import dev.larder.io.changes.SourceException;
import dev.larder.io.changes.UserException;
import java.time.Duration;

/** The errors of asking a schema registry. */
final class RegistryErrors {

  private RegistryErrors() {}

  /** Without the text: what is wrong with it may be a secret in it. */
  static UserException noRegistry() {
    return new UserException(
        "--schemaRegistry is no address of a schema registry. Write http://HOST:8081, with a login"
            + " https://USER@HOST:8081?password=env:NAME or https://HOST?token=env:NAME; secrets"
            + " are given as references, env:NAME or file:PATH.");
  }

  static SourceException unreachable(String url, Duration tried, String last, Exception cause) {
    return new SourceException(
        "The schema registry gave no answer to "
            + url
            + " within "
            + tried.toSeconds()
            + " s ("
            + last
            + "). Check --schemaRegistry, that it runs, and that this machine may reach it. The"
            + " batch is run again at the next start.",
        cause);
  }

  static SourceException refused(String url, int status) {
    return new SourceException(
        "The schema registry refused "
            + url
            + " with status "
            + status
            + (status == 404
                ? ", and not because it lacks the schema. Check the path of --schemaRegistry."
                : ". Check the login of --schemaRegistry and its right to read schemas."));
  }

  static SourceException unreadable(String url) {
    return new SourceException(
        "What answers at "
            + url
            + " is no schema registry: it did not send {\"schema\": ...}. Check --schemaRegistry.");
  }
}
