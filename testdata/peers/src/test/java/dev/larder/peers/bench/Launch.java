package dev.larder.peers.bench;

import dev.larder.pipelines.run.ClassDataTraining;
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
 * JVMs as {@code bin/larder} of runner-profiles/direct and runner-profiles/spark start them: with
 * the options of their files, and with the classes that an earlier run has archived.
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
  private static final String SHORT = "direct/bin/short.jvm";
  private static final String LONG = "direct/bin/long.jvm";
  private static final String BY_SPARK = "spark/bin/spark.jvm";

  private final Path folder;
  private final Child plain;
  private final String classPath;
  private final List<String> always;
  private List<String> archive = List.of();

  private Launch(
      Path folder, String name, Child plain, Predicate<Path> entries, List<String> always) {
    this.folder = folder.resolve("launch-" + name);
    this.plain = plain;
    this.always = always;
    try {
      Files.createDirectories(this.folder);
      this.classPath = inJars(System.getProperty("java.class.path"), entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Larder's side: without Spark's jars. */
  static Launch larder(Path folder, Child plain) {
    Predicate<Path> isSparks =
        path ->
            path.endsWith(SPARK_PROFILE)
                || SPARKS.stream().anyMatch(path.getFileName().toString()::startsWith);
    return new Launch(folder, "larder", plain, isSparks.negate(), List.of());
  }

  /** Spark's side, started in the same way. */
  static Launch spark(Path folder, Child plain) {
    return new Launch(folder, "spark", plain, path -> !path.endsWith(SPARK_PROFILE), Child.opens());
  }

  /** Larder's side by SparkRunner, its classes archived as by {@code bin/larder}. */
  static Child bySparkRunner(Path folder, Child plain) {
    Launch launch = new Launch(folder, "spark-runner", plain, path -> true, List.of());
    return launch
        .trainedBy(BY_SPARK, ClassDataTraining.class, "--runner=SparkRunner", "--sparkMaster=local")
        .child(BY_SPARK);
  }

  /** Spark's side with the options and the archive that Larder has by SparkRunner. */
  static Child alike(Path folder, Child plain, Class<?> main, Object... arguments) {
    Launch launch = new Launch(folder, "alike", plain, path -> true, List.of());
    return launch.trainedBy(BY_SPARK, main, arguments).child(BY_SPARK);
  }

  /** For a process that ends after a batch. */
  Child forOneBatch() {
    return child(SHORT);
  }

  /** For a process that goes on. */
  Child forLong() {
    return child(LONG);
  }

  /** Archives the classes that {@code bin/larder} does, for all that follow. */
  Launch trained() {
    return trained(ClassDataTraining.class);
  }

  /** Archives the classes of a small run of a main, for all that follow. */
  Launch trained(Class<?> main, Object... arguments) {
    return trainedBy(SHORT, main, arguments);
  }

  private Launch trainedBy(String options, Class<?> main, Object... arguments) {
    Path file = folder.resolve(main.getSimpleName() + ".jsa");
    child(options)
        .with(List.of("-XX:ArchiveClassesAtExit=" + file, "-Xlog:disable"))
        .run(main, arguments);
    archive = List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + file, "-Xlog:cds=off");
    return this;
  }

  /**
   * @param file with a JVM's options, below runner-profiles
   */
  private Child child(String file) {
    Path root = Path.of(System.getProperty("larder.root"));
    List<String> options = new ArrayList<>(always);
    options.add("@" + root.resolve("runner-profiles").resolve(file));
    options.addAll(archive);
    return plain.on(classPath, options);
  }

  /** Folders of classes become jars, as a package has them: only those can be archived. */
  private String inJars(String all, Predicate<Path> wanted) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : all.split(File.pathSeparator)) {
      Path path = Path.of(entry);
      if (entry.isEmpty() || !wanted.test(path)) {
        continue;
      }
      if (Files.isDirectory(path)) {
        Path jar = folder.resolve("classes-" + jars.size() + ".jar");
        pack(path, jar);
        jars.add(jar.toString());
      } else {
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
