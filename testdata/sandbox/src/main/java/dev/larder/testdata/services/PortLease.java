package dev.larder.testdata.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A port that no other sandbox of this user takes while the lease is held, also while the server on
 * it restarts: a lock on a file named like the port, which the system releases when the JVM dies.
 * Ports lie below the range from which the system gives ports to outgoing connections, so that
 * nothing takes one by chance between the choice and the server's start.
 */
final class PortLease implements AutoCloseable {
  private static final int FIRST = 20_000;

  /** Linux gives outgoing connections ports from 32768 on. */
  private static final int LAST = 32_000;

  private final int port;
  private final FileChannel lockFile;

  private PortLease(int port, FileChannel lockFile) {
    this.port = port;
    this.lockFile = lockFile;
  }

  /**
   * @throws dev.larder.io.changes.SourceException if no port is free
   */
  static PortLease take() {
    Path folder =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "larder-ports-" + System.getProperty("user.name"));
    int count = LAST - FIRST + 1;
    int start = ThreadLocalRandom.current().nextInt(count);
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < count; i++) {
        int port = FIRST + (start + i) % count;
        FileChannel lockFile = lock(folder.resolve(Integer.toString(port)));
        if (lockFile != null && isFree(port)) {
          return new PortLease(port, lockFile);
        }
        if (lockFile != null) {
          lockFile.close();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw ServiceErrors.noFreePort(FIRST, LAST);
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The locked file, or null if somebody else has the lock. */
  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Another sandbox of this JVM has it: taken, like by another process.
    }
    channel.close();
    return null;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
