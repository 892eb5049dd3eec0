package dev.larder.transforms.hash;

/**
 * Hash keys of business keys (Data Vault 2.0; RULES 1): the normalised parts in declared order, in
 * the layout that the package describes.
 *
 * <p><b>Guarantees</b>: equal parts give equal keys on every machine; different parts give
 * different input bytes, so that only a collision of the digest itself can make two keys meet.
 */
public final class HashKey {

  private HashKey() {}

  /**
   * @param parts normalised texts ({@link Normalisation#apply}), null where absent
   */
  public static byte[] of(HashAlgorithm algorithm, String... parts) {
    HashInput input = HashInput.strict();
    for (String part : parts) {
      input.add(part);
    }
    return input.key(algorithm);
  }

  /**
   * The key of "unknown": all bytes {@code 00}. Links of rows without a business key point to it.
   */
  public static byte[] unknown(HashAlgorithm algorithm) {
    return algorithm.filled(0x00);
  }

  /** The key of "erroneous": all bytes {@code ff}. */
  public static byte[] error(HashAlgorithm algorithm) {
    return algorithm.filled(0xff);
  }
}
