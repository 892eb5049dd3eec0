package dev.larder.transforms.forecast;

import dev.larder.io.changes.RowCodec;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes an {@link Observation}; deterministic. */
public final class ObservationCoder extends AtomicCoder<Observation> {
  private static final long serialVersionUID = 1L;
  private static final ObservationCoder INSTANCE = new ObservationCoder();

  private ObservationCoder() {}

  public static ObservationCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Observation observation, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    RowCodec.writeText(observation.key().group(), out);
    RowCodec.writeText(observation.key().item(), out);
    RowCodec.writeLong(observation.day(), out);
    out.writeDouble(observation.value());
    out.flush();
  }

  @Override
  public Observation decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    SeriesKey key = new SeriesKey(RowCodec.readText(in), RowCodec.readText(in));
    return new Observation(key, (int) RowCodec.readLong(in), in.readDouble());
  }
}
