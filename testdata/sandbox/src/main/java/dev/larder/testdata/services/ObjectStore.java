package dev.larder.testdata.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * An object store that speaks S3 (s3proxy over a folder), on the loopback interface, for tests. It
 * checks signatures, and honours {@code If-None-Match: *}. A bucket is a folder of its data.
 */
public final class ObjectStore extends Service {
  private static final String HEAP = "192m";
  private static final String ACCESS_KEY = "larder";
  private static final int TIMEOUT_MS = 2_000;

  private final FetchedArtifacts artifacts;
  private final PortLease port;

  ObjectStore(FetchedArtifacts artifacts, Path directory) {
    super("object store", directory);
    this.artifacts = artifacts;
    this.port = PortLease.take();
  }

  /** Where S3 clients connect to. */
  public String endpoint() {
    return "http://127.0.0.1:" + port.port();
  }

  /** Makes a bucket, or leaves the one that is there. */
  public ObjectStore withBucket(String name) {
    try {
      Files.createDirectories(data());
      Path bucket = data().resolve(name);
      if (!Files.exists(bucket)) {
        // A folder that others may read is a public bucket.
        Files.createDirectory(bucket, ownerOnly("rwx------"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * What Hadoop's S3A needs to reach it; the secret is a reference ({@code file:PATH}). It answers
   * for no region and needs the bucket in the path.
   */
  public Map<String, String> s3aSettings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fs.s3a.endpoint", endpoint());
    settings.put("fs.s3a.access.key", ACCESS_KEY);
    settings.put("fs.s3a.secret.key", "file:" + secretFile());
    return settings;
  }

  private static FileAttribute<Set<PosixFilePermission>> ownerOnly(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  private Path data() {
    return directory().toAbsolutePath().resolve("data");
  }

  private Path secretFile() {
    return directory().toAbsolutePath().resolve("secret");
  }

  @Override
  List<String> command() throws IOException {
    Files.createDirectories(data());
    if (!Files.exists(secretFile())) {
      Files.createFile(secretFile(), ownerOnly("rw-------"));
      Files.writeString(secretFile(), UUID.randomUUID().toString());
    }
    Path settings = directory().toAbsolutePath().resolve("s3proxy.conf");
    JavaServer.write(settings, settings());
    return JavaServer.command(
        HEAP, artifacts.objectStoreClassPath(), "org.gaul.s3proxy.Main", "--properties", settings);
  }

  private Map<String, String> settings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("s3proxy.endpoint", endpoint());
    settings.put("s3proxy.authorization", "aws-v2-or-v4");
    settings.put("s3proxy.identity", ACCESS_KEY);
    settings.put("s3proxy.credential", Files.readString(secretFile()));
    // S3A asks for storage classes and checksums, which a folder has not.
    settings.put("s3proxy.ignore-unknown-headers", "true");
    settings.put("jclouds.provider", "filesystem-nio2");
    settings.put("jclouds.filesystem.basedir", data().toString());
    return settings;
  }

  @Override
  boolean answers() {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(endpoint()).toURL().openConnection();
      connection.setConnectTimeout(TIMEOUT_MS);
      connection.setReadTimeout(TIMEOUT_MS);
      // It knows nobody who does not sign.
      return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  void release() {
    port.close();
  }
}
