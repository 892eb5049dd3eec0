package dev.larder.testdata.services;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The unpacked MySQL server and an initialised, empty data directory to copy from (0.4 s; making
 * one takes 2.2 s), both made once per project. Any number of processes may ask at the same time:
 * one makes it under a lock, and it appears whole or not at all.
 */
final class MySqlDistribution {
  private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

  /** Part of the cache's name: raise it when what is put there changes. */
  private static final String LAYOUT = "2";

  private final Path base;
  private final Path template;

  private MySqlDistribution(Path cached) {
    this.base = cached.resolve("server");
    this.template = cached.resolve("data");
  }

  static synchronized MySqlDistribution of(FetchedArtifacts artifacts) throws IOException {
    Path jar = artifacts.mySqlJar();
    String name = jar.getFileName().toString().replaceFirst("\\.jar$", "") + "-" + LAYOUT;
    Path cached = artifacts.cache().resolve(name);
    Files.createDirectories(artifacts.cache());
    try (FileChannel lockFile =
            FileChannel.open(
                artifacts.cache().resolve(name + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        var lock = lockFile.lock()) {
      assert lock.isValid();
      if (!Files.isDirectory(cached)) {
        Path unfinished = artifacts.cache().resolve(name + ".unfinished");
        deleteTree(unfinished);
        make(jar, new MySqlDistribution(unfinished));
        Files.move(unfinished, cached, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    return new MySqlDistribution(cached);
  }

  /** The server's base directory. */
  Path base() {
    return base;
  }

  Path mysqld() {
    return base.resolve("bin").resolve("mysqld");
  }

  /** Makes a data directory with the system tables and {@code root@localhost}, nothing else. */
  void createDataDirectory(Path target) throws IOException {
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    deleteTree(unfinished);
    Files.walkFileTree(
        template,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(unfinished.resolve(template.relativize(folder)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, unfinished.resolve(template.relativize(file)));
            return FileVisitResult.CONTINUE;
          }
        });
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void make(Path jar, MySqlDistribution target) throws IOException {
    Files.createDirectories(target.base);
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream archive = zip.getInputStream(zip.getEntry(ARCHIVE))) {
      TarGz.unpack(archive, target.base);
    }
    // mysqld looks for its libraries in lib/private first: a bare machine lacks these two.
    for (String shim : List.of("libaio.so.1", "libnuma.so.1")) {
      try (InputStream resource =
          MySqlDistribution.class.getResourceAsStream("mysql-shims/" + shim)) {
        Files.copy(resource, target.base.resolve("lib").resolve("private").resolve(shim));
      }
    }
    target.run("--no-defaults", "--version");
    List<String> initialize = new ArrayList<>();
    initialize.add("--no-defaults");
    initialize.add("--initialize-insecure");
    initialize.addAll(target.placeFlags(target.template));
    initialize.addAll(MySqlServer.STORAGE_FLAGS);
    // The least there is: it is copied, and grows when a server starts with more.
    initialize.add("--innodb-redo-log-capacity=8M");
    target.run(initialize.toArray(String[]::new));
    // The server's identity: each copy makes its own on its first start.
    Files.delete(target.template.resolve("auto.cnf"));
  }

  /** The flags that say where the server and its data lie and as whom it runs. */
  List<String> placeFlags(Path data) throws IOException {
    List<String> flags = new ArrayList<>();
    flags.add("--basedir=" + base);
    flags.add("--datadir=" + data);
    if (Platform.isRoot(base)) {
      flags.add("--user=root");
    }
    return flags;
  }

  private void run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(mysqld().toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String says =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw ServiceErrors.serverCannotRun(says);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while mysqld was prepared", e);
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(root)) {
      paths = tree.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }
}
