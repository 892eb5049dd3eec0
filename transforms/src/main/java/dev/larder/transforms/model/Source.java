package dev.larder.transforms.model;

import dev.larder.io.changes.SecretRef;
import java.io.Serializable;
import java.util.Optional;

/**
 * A database that feeds the vault.
 *
 * @param database its name on the server
 * @param recordSource the text in column {@code record_source} of every row that comes from it
 * @param connection where it is reached, as far as the model says; options may say it instead
 */
public record Source(String name, String database, String recordSource, Connection connection)
    implements Serializable {

  /**
   * What the model says about reaching a source; null where it says nothing.
   *
   * @param password where the password is found; never the password
   * @param topicPrefix what the names of its Kafka topics begin with
   * @param topic the one topic with the changes of all its tables; null for a topic a table
   */
  public record Connection(
      String url, String user, SecretRef password, String topicPrefix, String topic)
      implements Serializable {}

  public Optional<String> url() {
    return Optional.ofNullable(connection.url());
  }

  public Optional<String> user() {
    return Optional.ofNullable(connection.user());
  }

  public Optional<SecretRef> password() {
    return Optional.ofNullable(connection.password());
  }

  public Optional<String> topicPrefix() {
    return Optional.ofNullable(connection.topicPrefix());
  }

  public Optional<String> topic() {
    return Optional.ofNullable(connection.topic());
  }
}
