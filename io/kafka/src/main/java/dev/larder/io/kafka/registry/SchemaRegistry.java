package dev.larder.io.kafka.registry;

import dev.larder.io.changes.SecretRef;
import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;

/**
 * Where a schema registry is and how to log in. Any that answers Confluent's HTTP interface: their
 * own, Apicurio ({@code /apis/ccompat/v7}), Karapace, Redpanda.
 *
 * <p>Its option text is the address, with the login's secret as a reference:
 *
 * <pre>{@code
 * http://registry:8081
 * https://larder@registry:8081?password=env:REGISTRY_PASSWORD
 * https://registry/apis/ccompat/v7?token=file:/run/secrets/registry
 * }</pre>
 *
 * @param url without login and without a slash at its end
 * @param user for basic authentication, or null
 * @param secret the password of {@code user}, or a bearer token where there is no user; null for
 *     none
 */
public record SchemaRegistry(String url, String user, SecretRef secret) implements Serializable {
  private static final String PASSWORD = "password=";
  private static final String TOKEN = "token=";

  public SchemaRegistry {
    Objects.requireNonNull(url, "url");
  }

  /**
   * Reads an option text.
   *
   * @throws dev.larder.io.changes.UserException if it is not of the form above; the message never
   *     repeats what may be a secret
   */
  public static SchemaRegistry parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw RegistryErrors.noRegistry();
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    String user = uri.getUserInfo();
    if (!http || uri.getHost() == null || user != null && user.contains(":")) {
      throw RegistryErrors.noRegistry();
    }
    String path = uri.getRawPath().endsWith("/") ? uri.getRawPath() : uri.getRawPath() + "/";
    String url =
        uri.getScheme()
            + "://"
            + uri.getHost()
            + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
            + path.substring(0, path.length() - 1);
    return new SchemaRegistry(url, user, secret(uri.getQuery(), user));
  }

  private static SecretRef secret(String query, String user) {
    String expected = user == null ? TOKEN : PASSWORD;
    if (query == null && user == null) {
      return null;
    }
    if (query == null || !query.startsWith(expected) || query.contains("&")) {
      throw RegistryErrors.noRegistry();
    }
    return SecretRef.parse(query.substring(expected.length()));
  }

  /** The option text, which {@link #parse} reads. */
  @Override
  public String toString() {
    if (secret == null) {
      return url;
    }
    int host = url.indexOf("://") + "://".length();
    return user == null
        ? url + "?" + TOKEN + secret
        : url.substring(0, host) + user + "@" + url.substring(host) + "?" + PASSWORD + secret;
  }
}
