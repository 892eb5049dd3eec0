package dev.larder.peers.bench;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * JVMs as {@code runner-profiles/direct/bin/larder} starts them: with the options of {@code
 * short.jvm} for what ends after a batch and of {@code long.jvm} for what goes on, and with the
 * classes that an earlier run has archived.
 */
final class Launch {
  /** Jars of Spark and of what only Spark brings; the rest is what runner-profiles/direct has. */
  private static final List<String> SPARKS =
      List.of(
          "spark-",
          "delta-spark",
          "beam-runners-spark",
          "log4j",
          "jackson-module-scala",
          "hive-",
          "jersey-",
          "json4s",
          "netty-",
          "rocksdbjni",
          "jcl-over",
          "jul-to",
          "metrics-");

  private static final Path SPARK_PROFILE =
      Path.of("runner-profiles", "spark", "target", "classes");

  private final Path folder;
  private final Child plain;
  private final String classPath;
  private final List<String> always;
  private List<String> archive = List.of();

  private Launch(Path folder, Child plain, Predicate<String> jars, List<String> always) {
    this.folder = folder.resolve("launch-" + (always.isEmpty() ? "larder" : "spark"));
    this.plain = plain;
    this.always = always;
    try {
      Files.createDirectories(this.folder);
      this.classPath = inJars(System.getProperty("java.class.path"), jars);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Larder's side: without Spark's jars. */
  static Launch larder(Path folder, Child plain) {
    return new Launch(folder, plain, jar -> SPARKS.stream().noneMatch(jar::startsWith), List.of());
  }

  /** Spark's side, started in the same way. */
  static Launch spark(Path folder, Child plain) {
    return new Launch(folder, plain, jar -> true, Child.opens());
  }

  /** A JVM with the options that runner-profiles/spark has for one, and everything on its path. */
  static Child bySparkRunner(Child plain) {
    Path root = Path.of(System.getProperty("larder.root"));
    return plain.with(List.of("@" + root.resolve("runner-profiles/spark/bin/spark.jvm")));
  }

  /** For a process that ends after a batch. */
  Child forOneBatch() {
    return child("short");
  }

  /** For a process that goes on. */
  Child forLong() {
    return child("long");
  }

  /** Archives the classes of a small run of a main, for all that follow. */
  Launch trained(Class<?> main, Object... arguments) {
    Path file = folder.resolve(main.getSimpleName() + ".jsa");
    forOneBatch()
        .with(List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable"))
        .run(main, arguments);
    archive = List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file, "-Xlog:cds=off");
    return this;
  }

  private Child child(String life) {
    Path root = Path.of(System.getProperty("larder.root"));
    List<String> options = new ArrayList<>(always);
    options.add("@" + root.resolve("runner-profiles/direct/bin/" + life + ".jvm"));
    options.addAll(archive);
    return plain.on(classPath, options);
  }

  /** Folders of classes become jars, as a package has them: only those can be archived. */
  private String inJars(String all, Predicate<String> wanted) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : all.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (path.endsWith(SPARK_PROFILE)) {
        continue;
      }
      if (!entry.isEmpty() && Files.isDirectory(path)) {
        Path jar = folder.resolve("classes-" + jars.size() + ".jar");
        pack(path, jar);
        jars.add(jar.toString());
      } else if (!entry.isEmpty() && wanted.test(path.getFileName().toString())) {
        jars.add(entry);
      }
    }
    return String.join(File.pathSeparator, jars);
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> paths = Files.walk(classes)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
        Files.copy(path, out);
        out.closeEntry();
      }
    }
  }
}
