package dev.larder.stores;

import dev.larder.testdata.services.ObjectStore;
import dev.larder.testdata.services.Services;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.rules.ExternalResource;

/** An object store with one bucket, for the tests of a class; S3A's settings lead to it. */
final class S3Lake extends ExternalResource {
  /** Of its own for each class: Hadoop keeps a bucket's file system, and with it the endpoint. */
  private final String bucket;

  private final Path directory;
  private Services services;

  S3Lake(String name) {
    this.bucket = "larder-" + name;
    this.directory = Path.of("target", name);
  }

  @Override
  protected void before() {
    services = Services.in(directory).withObjectStore().start();
    store().withBucket(bucket);
    settings().forEach(System::setProperty);
  }

  @Override
  protected void after() {
    settings().keySet().forEach(System::clearProperty);
    services.close();
  }

  ObjectStore store() {
    return services.objectStore();
  }

  Map<String, String> settings() {
    return store().s3aSettings();
  }

  /** The settings as options of a JVM. */
  List<String> options() {
    return settings().entrySet().stream().map(e -> "-D" + e.getKey() + "=" + e.getValue()).toList();
  }

  /** A lake of its own for each name. */
  String lake(String name) {
    return "s3a://" + bucket + "/" + name;
  }
}
