package dev.larder.transforms.hash;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The digest behind hash keys and hash diffs. */
public enum HashAlgorithm {
  SHA256("sha256", "SHA-256", 32),
  SHA1("sha1", "SHA-1", 20),
  MD5("md5", "MD5", 16);

  private final String id;
  private final int length;
  private final String javaName;

  HashAlgorithm(String id, String javaName, int length) {
    this.id = id;
    this.length = length;
    this.javaName = javaName;
  }

  /** The name in a model file and in table properties: {@code sha256}. */
  public String id() {
    return id;
  }

  /** Bytes of a hash: 32, 20 or 16. */
  public int length() {
    return length;
  }

  /** A digest object, for one thread. */
  MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance(javaName);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + javaName, e);
    }
  }

  /** A hash of equal bytes, as the keys of unknown and erroneous business keys are. */
  byte[] filled(int value) {
    byte[] out = new byte[length];
    Arrays.fill(out, (byte) value);
    return out;
  }
}
