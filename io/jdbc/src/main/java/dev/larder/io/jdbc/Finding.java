package dev.larder.io.jdbc;

import java.util.Objects;

/**
 * What a check found.
 *
 * @param check what was looked at: {@code binlog_format}, {@code table orders}
 * @param what what was found, with the value
 * @param remedy what to do, with the statement to run; empty where all is well
 */
public record Finding(Severity severity, String check, String what, String remedy) {

  /** How much a finding matters. */
  public enum Severity {
    /** As it should be. */
    OK,
    /** Works, with a drawback that the finding tells. */
    WARNING,
    /** Larder cannot work with the source, or would lose changes. */
    ERROR
  }

  public Finding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(remedy, "remedy");
  }

  static Finding ok(String check, String what) {
    return new Finding(Severity.OK, check, what, "");
  }

  static Finding warning(String check, String what, String remedy) {
    return new Finding(Severity.WARNING, check, what, remedy);
  }

  static Finding error(String check, String what, String remedy) {
    return new Finding(Severity.ERROR, check, what, remedy);
  }

  /** {@code ERROR binlog_format: is STATEMENT ... Run: SET PERSIST ...}. */
  @Override
  public String toString() {
    return severity + " " + check + ": " + what + (remedy.isEmpty() ? "" : " " + remedy);
  }
}
