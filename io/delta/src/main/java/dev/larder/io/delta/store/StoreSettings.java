package dev.larder.io.delta.store;

import dev.larder.io.changes.SecretRef;
import dev.larder.io.delta.error.StoreErrors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;

/**
 * Hadoop's settings for an object store, from where Hadoop's users keep them. Later ones win:
 *
 * <ol>
 *   <li>{@code core-site.xml} on the class path, as on a cluster, and in {@code HADOOP_CONF_DIR};
 *   <li>{@code AWS_REGION} (or {@code AWS_DEFAULT_REGION}) and {@code AWS_ENDPOINT_URL_S3} (or
 *       {@code AWS_ENDPOINT_URL}), as all tools of AWS read them;
 *   <li>system properties named like Hadoop's settings: {@code -Dfs.s3a.endpoint=...}.
 * </ol>
 *
 * <p>Credentials are found by Hadoop's S3A (environment, the machine's role, core-site.xml with
 * Hadoop's credential files) or given as references, {@code fs.s3a.secret.key=env:NAME}, which are
 * resolved where they are used and stay references in the settings. A system property may only hold
 * a reference.
 *
 * <p>A JVM keeps what it found when it first came to a bucket: Hadoop holds one file system for
 * each.
 *
 * <p>An endpoint that is not of AWS is spoken to with the bucket in the path, unless {@code
 * fs.s3a.path.style.access} says otherwise.
 */
final class StoreSettings {
  static final String ACCESS_KEY = "fs.s3a.access.key";
  static final String SECRET_KEY = "fs.s3a.secret.key";
  static final String SESSION_TOKEN = "fs.s3a.session.token";
  static final String ENDPOINT = "fs.s3a.endpoint";
  private static final String REGION = "fs.s3a.endpoint.region";
  private static final String PATH_STYLE = "fs.s3a.path.style.access";
  private static final String PROVIDER = "fs.s3a.aws.credentials.provider";

  private static final Map<Place, Configuration> LOADED = new ConcurrentHashMap<>();

  private StoreSettings() {}

  private record Place(String scheme, String authority, Map<String, String> properties) {}

  /** The settings for a bucket or container; not to be changed. */
  static Configuration of(String scheme, String authority) {
    return LOADED.computeIfAbsent(new Place(scheme, authority, properties()), StoreSettings::load);
  }

  private static Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("fs.s3a.") || name.startsWith("fs.azure.")) {
        properties.put(name, System.getProperty(name));
      }
    }
    return properties;
  }

  private static Configuration load(Place place) {
    Configuration settings = new Configuration();
    String folder = System.getenv("HADOOP_CONF_DIR");
    if (folder != null) {
      Path site = Path.of(folder, "core-site.xml");
      if (Files.isReadable(site)) {
        settings.addResource(new org.apache.hadoop.fs.Path(site.toUri()));
      }
    }
    fromEnvironment(settings, ENDPOINT, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
    fromEnvironment(settings, REGION, "AWS_REGION", "AWS_DEFAULT_REGION");
    place.properties.forEach(
        (name, value) -> {
          if (isSecret(name) && !isReference(value)) {
            throw StoreErrors.secretAsValue(name);
          }
          settings.set(name, value);
        });
    return place.scheme.equals(S3Bucket.SCHEME) ? s3a(settings, place.authority) : settings;
  }

  private static void fromEnvironment(Configuration settings, String name, String... variables) {
    for (String variable : variables) {
      String value = System.getenv(variable);
      if (value != null && !value.isEmpty()) {
        settings.set(name, value);
        return;
      }
    }
  }

  private static boolean isSecret(String name) {
    return name.contains("secret")
        || name.contains("password")
        || name.endsWith("session.token")
        || name.contains("account.key");
  }

  private static boolean isReference(String value) {
    return value.startsWith("env:") || value.startsWith("file:");
  }

  private static Configuration s3a(Configuration all, String bucket) {
    Configuration settings = S3Bucket.settings(all, bucket);
    String secret = settings.get(SECRET_KEY, "");
    if (isReference(secret)) {
      SecretRef.parse(secret);
      settings.set(PROVIDER, ReferencedS3Credentials.class.getName());
    }
    if (!isAws(settings)) {
      setDefault(settings, PATH_STYLE, "true");
    }
    // The SDK's attempts are multiplied by S3A's own; 20 by 7 of them take half an hour to fail.
    setDefault(settings, "fs.s3a.attempts.maximum", "3");
    setDefault(settings, "fs.s3a.retry.limit", "2");
    // Parquet reads a footer and some columns, not whole files.
    setDefault(settings, "fs.s3a.experimental.input.fadvise", "random");
    settings.set("delta.logStore.s3a.impl", S3ConditionalPutLogStore.class.getName());
    return settings;
  }

  /** Whether objects are kept by AWS itself. */
  static boolean isAws(Configuration settings) {
    String endpoint = settings.getTrimmed(ENDPOINT, "");
    return endpoint.isEmpty()
        || endpoint.endsWith(".amazonaws.com")
        || endpoint.endsWith(".amazonaws.com.cn");
  }

  private static void setDefault(Configuration settings, String name, String value) {
    String[] sources = settings.getPropertySources(name);
    if (sources == null
        || sources.length == 0
        || sources[sources.length - 1].endsWith("core-default.xml")) {
      settings.set(name, value);
    }
  }
}
