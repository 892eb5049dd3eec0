package dev.larder.testdata.services;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the sandbox needs of the machine: Linux x86-64 and a POSIX shell. */
record Platform(String os, String arch, Path shell) {

  static Platform current() {
    return new Platform(
        System.getProperty("os.name"), System.getProperty("os.arch"), Path.of("/bin/sh"));
  }

  /**
   * @throws dev.larder.io.changes.UserException if the servers cannot run here
   */
  void check() {
    if (!os.equals("Linux") || !(arch.equals("amd64") || arch.equals("x86_64"))) {
      throw ServiceErrors.unsupportedPlatform(os, arch);
    }
    if (!Files.isExecutable(shell)) {
      throw ServiceErrors.noShell(shell);
    }
  }

  /** The {@code java} of the running JVM. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Whether this process is root's, told by the owner of a folder that it has made. */
  static boolean isRoot(Path own) throws IOException {
    return ((Integer) Files.getAttribute(own, "unix:uid")) == 0;
  }
}
