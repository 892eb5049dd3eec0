package dev.larder.io.changes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/** Encodes a {@link DeadLetter} as the row that it is. */
public final class DeadLetterCoder extends AtomicCoder<DeadLetter> {
  private static final long serialVersionUID = 1L;
  private static final DeadLetterCoder INSTANCE = new DeadLetterCoder();

  private DeadLetterCoder() {}

  public static DeadLetterCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(DeadLetter letter, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    RowCodec.write(DeadLetter.SCHEMA, letter.row().values(), out);
    out.flush();
  }

  @Override
  public DeadLetter decode(InputStream stream) throws IOException {
    Object[] row = RowCodec.read(DeadLetter.SCHEMA, new DataInputStream(stream));
    LogPlace place =
        row[2] == null
            ? null
            : new LogPlace((String) row[2], ((Long) row[3]).intValue(), (Long) row[4]);
    return new DeadLetter(
        (String) row[0],
        (String) row[1],
        place,
        (String) row[5],
        (String) row[6],
        (byte[]) row[7],
        (byte[]) row[8],
        (Long) row[9]);
  }
}
