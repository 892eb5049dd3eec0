package dev.larder.io.delta.file;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopCodecs;

/**
 * How pages are decompressed: Zstandard by one call a page, other codecs by Hadoop's streams, which
 * Parquet's own codecs are.
 */
final class PageCodecs implements CompressionCodecFactory {
  private static final Configuration CONFIGURATION = new Configuration(false);

  private final CompressionCodecFactory others = HadoopCodecs.newFactory(CONFIGURATION, 0);

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return codec == CompressionCodecName.ZSTD ? new ZstdPage() : others.getDecompressor(codec);
  }

  @Override
  public void release() {
    others.release();
  }

  private static final class ZstdPage implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput page, int size) throws IOException {
      byte[] bytes = page.toByteArray();
      byte[] plain = new byte[size];
      long length = Zstd.decompressByteArray(plain, 0, size, bytes, 0, bytes.length);
      if (Zstd.isError(length)) {
        throw new IOException("zstd: " + Zstd.getErrorName(length));
      }
      if (length != size) {
        throw new IOException("a page has " + length + " bytes, its header says " + size);
      }
      return BytesInput.from(plain);
    }

    @Override
    public void decompress(ByteBuffer page, int pageSize, ByteBuffer plain, int size)
        throws IOException {
      byte[] bytes = new byte[pageSize];
      page.get(bytes);
      plain.put(decompress(BytesInput.from(bytes), size).toByteArray());
    }

    @Override
    public void release() {}
  }
}
