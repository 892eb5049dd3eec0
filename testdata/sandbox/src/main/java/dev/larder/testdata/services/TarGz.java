package dev.larder.testdata.services;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks a tar.gz as far as the MySQL archive needs it: files, folders and relative symbolic links
 * with names of at most 100 characters. Links to absolute places and entries that would leave the
 * target folder are left out.
 */
final class TarGz {
  private static final int BLOCK = 512;

  private TarGz() {}

  static void unpack(InputStream archive, Path target) throws IOException {
    InputStream tar = new GZIPInputStream(archive, 1 << 16);
    byte[] header = new byte[BLOCK];
    while (tar.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      long size = octal(header, 124, 12);
      Path entry = target.resolve(text(header, 0, 100)).normalize();
      if (!entry.startsWith(target)) {
        tar.skipNBytes(size);
      } else {
        unpackEntry(header, tar, size, entry);
      }
      tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
    }
  }

  private static void unpackEntry(byte[] header, InputStream tar, long size, Path entry)
      throws IOException {
    Files.createDirectories(entry.getParent());
    switch (header[156]) {
      case '0' -> {
        copy(tar, size, entry);
        boolean executable = (octal(header, 100, 8) & 0100) != 0;
        Files.setPosixFilePermissions(
            entry, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
      }
      case '2' -> {
        Path goal = Path.of(text(header, 157, 100));
        if (!goal.isAbsolute()) {
          Files.createSymbolicLink(entry, goal);
        }
      }
      case '5' -> Files.createDirectories(entry);
      default -> tar.skipNBytes(size);
    }
  }

  private static void copy(InputStream tar, long size, Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (var out = Files.newOutputStream(file)) {
      for (long left = size; left > 0; ) {
        int read = tar.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException("The archive ends inside " + file.getFileName());
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private static String text(byte[] header, int from, int length) {
    int end = from;
    while (end < from + length && header[end] != 0) {
      end++;
    }
    return new String(header, from, end - from, StandardCharsets.UTF_8);
  }

  private static long octal(byte[] header, int from, int length) {
    return Long.parseLong(text(header, from, length).strip(), 8);
  }
}
