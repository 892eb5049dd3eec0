package dev.larder.transforms.hash;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** The digest behind hash keys and hash diffs. Each thread has its own digest object. */
public enum HashAlgorithm {
  SHA256("sha256", "SHA-256", 32),
  SHA1("sha1", "SHA-1", 20),
  MD5("md5", "MD5", 16);

  private final String id;
  private final int length;
  private final ThreadLocal<MessageDigest> digests;

  HashAlgorithm(String id, String javaName, int length) {
    this.id = id;
    this.length = length;
    this.digests =
        ThreadLocal.withInitial(
            () -> {
              try {
                return MessageDigest.getInstance(javaName);
              } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has " + javaName, e);
              }
            });
  }

  /** The name in a model file and in table properties: {@code sha256}. */
  public String id() {
    return id;
  }

  /** Bytes of a hash: 32, 20 or 16. */
  public int length() {
    return length;
  }

  /** The hash of the first {@code count} bytes. */
  byte[] digest(byte[] bytes, int count) {
    MessageDigest digest = digests.get();
    digest.update(bytes, 0, count);
    byte[] out = new byte[length];
    try {
      digest.digest(out, 0, length);
    } catch (DigestException e) {
      throw new IllegalStateException(id + " has other than " + length + " bytes", e);
    }
    return out;
  }

  /** A hash of equal bytes, as the keys of unknown and erroneous business keys are. */
  byte[] filled(int value) {
    byte[] out = new byte[length];
    Arrays.fill(out, (byte) value);
    return out;
  }
}
