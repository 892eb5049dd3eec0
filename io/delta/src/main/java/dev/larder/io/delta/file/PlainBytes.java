package dev.larder.io.delta.file;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.api.Binary;

/**
 * A page of byte arrays that stand one after the other, each behind its length. Parquet's own
 * reader takes a stream's byte at a time, also to pass over values.
 */
final class PlainBytes extends ValuesReader {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int position;

  @Override
  public void initFromPage(int count, ByteBufferInputStream in) throws IOException {
    ByteBuffer page = in.slice(in.available());
    if (page.hasArray()) {
      bytes = page.array();
      position = page.arrayOffset() + page.position();
    } else {
      bytes = new byte[page.remaining()];
      page.get(bytes);
      position = 0;
    }
  }

  @Override
  public void skip() {
    position += Integer.BYTES + length();
  }

  @Override
  public void skip(int count) {
    for (int i = 0; i < count; i++) {
      skip();
    }
  }

  /** Valid as long as the page. */
  @Override
  public Binary readBytes() {
    int length = length();
    int from = position + Integer.BYTES;
    position = from + length;
    return Binary.fromConstantByteArray(bytes, from, length);
  }

  /**
   * Passes over values that are not wanted, to the next one that may be.
   *
   * @return so many values were passed over; {@code limit} if none of so many is wanted
   */
  int passUnwanted(KeyFilter keys, int limit) {
    for (int i = 0; i < limit; i++) {
      int length = length();
      int from = position + Integer.BYTES;
      if (keys.mayWant(bytes, from, length)) {
        return i;
      }
      position = from + length;
    }
    return limit;
  }

  private int length() {
    return (int) INTS.get(bytes, position);
  }
}
