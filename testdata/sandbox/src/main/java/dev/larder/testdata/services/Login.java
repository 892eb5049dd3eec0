package dev.larder.testdata.services;

import java.nio.file.Path;

/**
 * A user of a sandbox server.
 *
 * @param password random, made when the server's data directory is
 * @param passwordFile holds the password and nothing else, readable by its owner only: for options
 *     of the form {@code file:PATH}
 */
public record Login(String user, String password, Path passwordFile) {

  /** The user, never the password. */
  @Override
  public String toString() {
    return user;
  }
}
