package dev.larder.io.changes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.BooleanCoder;

/** Encodes an {@link Arrival}: which of both it is, then that. */
public final class ArrivalCoder extends AtomicCoder<Arrival> {
  private static final long serialVersionUID = 1L;
  private static final ArrivalCoder INSTANCE = new ArrivalCoder();

  private ArrivalCoder() {}

  public static ArrivalCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Arrival arrival, OutputStream out) throws IOException {
    BooleanCoder.of().encode(arrival.change() != null, out);
    if (arrival.change() != null) {
      ChangeRecordCoder.of().encode(arrival.change(), out);
    } else {
      DeadLetterCoder.of().encode(arrival.letter(), out);
    }
  }

  @Override
  public Arrival decode(InputStream in) throws IOException {
    return BooleanCoder.of().decode(in)
        ? Arrival.of(ChangeRecordCoder.of().decode(in))
        : Arrival.of(DeadLetterCoder.of().decode(in));
  }
}
