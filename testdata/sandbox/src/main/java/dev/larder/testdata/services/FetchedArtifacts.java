package dev.larder.testdata.services;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What Maven fetched for the servers: the files that {@code mvn compile} (for an object store:
 * {@code mvn test-compile}) leaves in the modules of {@code testdata/services}. The project's root
 * is the system property {@code larder.root} or, without it, the first folder from the working
 * directory upwards that holds them.
 */
final class FetchedArtifacts {
  private static final Path SERVICES = Path.of("testdata", "services");

  private final Path root;

  private FetchedArtifacts(Path root) {
    this.root = root;
  }

  /**
   * @throws dev.larder.io.changes.UserException if this is not Larder's source tree
   */
  static FetchedArtifacts find() {
    String given = System.getProperty("larder.root");
    return findFrom(Path.of(given == null ? "" : given).toAbsolutePath().normalize());
  }

  static FetchedArtifacts findFrom(Path from) {
    for (Path folder = from; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(SERVICES).resolve("pom.xml"))) {
        return new FetchedArtifacts(folder);
      }
    }
    throw ServiceErrors.noProjectRoot(from);
  }

  /** Where unpacked servers are kept for all sandboxes of this project. */
  Path cache() {
    return root.resolve("target").resolve("larder-services");
  }

  /** The jar that holds the MySQL server. */
  Path mySqlJar() {
    return Path.of(classPath("mysql"));
  }

  String kafkaClassPath() {
    return classPath("kafka");
  }

  String connectClassPath() {
    return classPath("connect");
  }

  String objectStoreClassPath() {
    return classPath("objectstore");
  }

  /** The jars of Debezium's plugin, without those that Connect has. */
  List<Path> debeziumJars() {
    return Arrays.stream(classPath("debezium").split(File.pathSeparator)).map(Path::of).toList();
  }

  private String classPath(String service) {
    Path file =
        root.resolve(SERVICES).resolve(service).resolve("target").resolve(service + ".classpath");
    if (!Files.isRegularFile(file)) {
      throw ServiceErrors.notFetched(file);
    }
    try {
      String classPath = Files.readString(file).strip();
      for (String jar : classPath.split(File.pathSeparator)) {
        if (!Files.isRegularFile(Path.of(jar))) {
          throw ServiceErrors.fetchedFileGone(Path.of(jar), file);
        }
      }
      return classPath;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
