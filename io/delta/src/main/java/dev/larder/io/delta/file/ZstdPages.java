package dev.larder.io.delta.file;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses the pages of one file, each by one call on memory that is used again: Parquet's own
 * codec makes streams and their buffers anew for every page.
 */
final class ZstdPages extends CodecFactory.BytesCompressor {
  /**
   * Zstandard's default, 3, costs a fifth of the time of encoding for 2.8 % of the bytes (docs/adr/
   * 0020).
   */
  static final int LEVEL = 1;

  /**
   * For pages of hashes, in which nothing but the lengths between them repeats: level 1 saves a
   * twentieth of them for 3 ms a megabyte, and a reader pays again. This one stores them.
   */
  private static final int LEVEL_OF_HASHES = -100;

  private static final int SAMPLE_BYTES = 1 << 13;
  private static final double WORTH_WHILE = 0.9;

  private byte[] compressed = new byte[0];

  /**
   * @return valid until the next call
   */
  @Override
  public BytesInput compress(BytesInput page) throws IOException {
    byte[] bytes = page.toByteArray();
    int bound = Math.toIntExact(Zstd.compressBound(bytes.length));
    if (compressed.length < bound) {
      compressed = new byte[bound];
    }
    return BytesInput.from(compressed, 0, compress(bytes, 0, bytes.length, level(bytes)));
  }

  /** What compressing a sample from the middle of a page says. */
  private int level(byte[] page) throws IOException {
    if (page.length < 4 * SAMPLE_BYTES) {
      return LEVEL;
    }
    int length = compress(page, page.length / 2, SAMPLE_BYTES, LEVEL);
    return length > WORTH_WHILE * SAMPLE_BYTES ? LEVEL_OF_HASHES : LEVEL;
  }

  private int compress(byte[] bytes, int from, int count, int level) throws IOException {
    long length =
        Zstd.compressByteArray(compressed, 0, compressed.length, bytes, from, count, level);
    if (Zstd.isError(length)) {
      throw new IOException("zstd: " + Zstd.getErrorName(length));
    }
    return (int) length;
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  @Override
  public void release() {}
}
