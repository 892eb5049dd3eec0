package dev.larder.io.kafka;

import dev.larder.io.changes.RowCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes an {@link OffsetRange}; deterministic. */
public final class OffsetRangeCoder extends AtomicCoder<OffsetRange> {
  private static final long serialVersionUID = 1L;
  private static final OffsetRangeCoder INSTANCE = new OffsetRangeCoder();

  private OffsetRangeCoder() {}

  public static OffsetRangeCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(OffsetRange range, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    RowCodec.writeText(range.topic(), out);
    RowCodec.writeLong(range.partition(), out);
    RowCodec.writeLong(range.from(), out);
    RowCodec.writeLong(range.to(), out);
    out.flush();
  }

  @Override
  public OffsetRange decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    return new OffsetRange(
        RowCodec.readText(in),
        (int) RowCodec.readLong(in),
        RowCodec.readLong(in),
        RowCodec.readLong(in));
  }
}
