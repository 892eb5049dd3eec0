package dev.larder.io.delta.error;

import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.UserException;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** The error messages about places: files, buckets, settings and credentials. */
public final class StoreErrors {
  private static final String PLACES =
      "Lakes are kept at a path or file: URI, at s3a://BUCKET/PATH, or at"
          + " abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/PATH.";

  private StoreErrors() {}

  public static UserException unknownScheme(String place) {
    return new UserException(place + " is not a place that is known here. " + PLACES);
  }

  /** The place is not shown: what is wrong with it is that it holds a secret. */
  public static UserException credentialsInUri(String scheme) {
    return new UserException(
        "The lake's "
            + scheme
            + ": URI holds credentials (it is not shown here). URIs are printed and logged: write "
            + scheme
            + "://BUCKET/PATH and "
            + S3_CREDENTIALS);
  }

  private static final String S3_CREDENTIALS =
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or fs.s3a.access.key and"
          + " fs.s3a.secret.key as references (env:NAME or file:PATH), where Larder runs, workers"
          + " included.";

  public static UserException noBucket(String place) {
    return new UserException(place + " names no bucket. " + PLACES);
  }

  public static UserException noFileSystem(String place, String artifact, Throwable cause) {
    return new UserException(
        place
            + ": the class path has no file system for it ("
            + cause.getMessage()
            + "). Add "
            + artifact
            + " of the Hadoop version that is there.",
        cause);
  }

  public static UserException noCredentials(String place, Throwable cause) {
    return new UserException(
        place
            + ": no credentials were found ("
            + cause.getMessage()
            + "). Run where the cluster gives a role, or "
            + S3_CREDENTIALS,
        cause);
  }

  public static UserException noSuchBucket(String bucket, String endpoint, Throwable cause) {
    return new UserException(
        "There is no bucket \""
            + bucket
            + "\" at "
            + (endpoint.isEmpty() ? "AWS S3" : endpoint)
            + ". Create it, or correct the lake's URI or fs.s3a.endpoint.",
        cause);
  }

  /**
   * @param what was asked for: {@code list}
   * @param code the object store's word for the reason
   */
  public static UserException refused(String what, String place, String code, Throwable cause) {
    return new UserException(
        "The object store refused to "
            + what
            + " "
            + place
            + " ("
            + code
            + "). Check the credentials, and that they allow s3:ListBucket, s3:GetObject,"
            + " s3:PutObject and s3:DeleteObject there.",
        cause);
  }

  /** The value is not shown: it may be a secret. */
  public static UserException secretAsValue(String setting) {
    return new UserException(
        setting
            + " is given as its value (not shown) by a system property, which process lists show."
            + " Give a reference: env:NAME or file:PATH.");
  }

  public static UserException noConditionalPut(String bucket) {
    return new UserException(
        "The object store of bucket \""
            + bucket
            + "\" overwrites an object although it is asked not to (If-None-Match: *), so that two"
            + " writers could lose each other's commits. Use a store that honours it (AWS S3 does"
            + " since 2024, MinIO, Ceph and others in their newer versions).");
  }

  public static SinkException cannotRead(String file, Throwable cause) {
    if (isAbsent(cause)) {
      return new SinkException(
          file
              + " is missing, but the table's log names it. Somebody deleted it, or vacuum ran with"
              + " too short a retention: restore it from a copy, or restore a version of the table"
              + " that does not need it.",
          cause);
    }
    String remedy =
        isDenied(cause)
            ? "Let the user " + user() + " read it."
            : "If it is damaged, restore it from a copy.";
    return new SinkException(file + " cannot be read (" + reason(cause) + "). " + remedy, cause);
  }

  public static SinkException cannotWrite(String file, Throwable cause) {
    String remedy =
        isFull(cause)
            ? "Make space there and run the batch again: what was written of it is invisible."
            : isDenied(cause)
                ? "Let the user " + user() + " write there."
                : "Check that the lake is writable and that there is space.";
    return new SinkException(file + " cannot be written (" + reason(cause) + "). " + remedy, cause);
  }

  /** Why an operation on a file failed; the bare name that Java's exceptions give says nothing. */
  public static String reason(Throwable cause) {
    if (isDenied(cause)) {
      return "permission denied";
    }
    return isFull(cause) ? "no space is left on the device" : cause.getMessage();
  }

  private static boolean isDenied(Throwable cause) {
    return cause instanceof AccessDeniedException;
  }

  private static boolean isAbsent(Throwable cause) {
    return cause instanceof NoSuchFileException || cause instanceof FileNotFoundException;
  }

  private static boolean isFull(Throwable cause) {
    String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left on device") || message.contains("disk quota exceeded");
  }

  private static String user() {
    return System.getProperty("user.name");
  }
}
