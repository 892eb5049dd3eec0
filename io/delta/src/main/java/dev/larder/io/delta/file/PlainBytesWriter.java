package dev.larder.io.delta.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.factory.DefaultValuesWriterFactory;
import org.apache.parquet.column.values.factory.ValuesWriterFactory;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Byte arrays one after the other, each behind its length, as {@link PlainBytes} reads them.
 * Parquet's own writer hands every byte of a length to a stream by itself.
 */
final class PlainBytesWriter extends ValuesWriter {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_BYTES = 1 << 10;

  /** Writers of all other columns are Parquet's. */
  static final class Factory implements ValuesWriterFactory {
    private final ValuesWriterFactory others = new DefaultValuesWriterFactory();
    private ParquetProperties properties;

    @Override
    public void initialize(ParquetProperties columns) {
      properties = columns;
      others.initialize(columns);
    }

    @Override
    public ValuesWriter newValuesWriter(ColumnDescriptor column) {
      boolean isBytes =
          column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY;
      return isBytes && !properties.isDictionaryEnabled(column)
          ? new PlainBytesWriter()
          : others.newValuesWriter(column);
    }
  }

  /** What a value writes itself to. */
  private final OutputStream end =
      new OutputStream() {
        @Override
        public void write(int value) {
          page = reserved(1);
          page[length++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
          page = reserved(count);
          System.arraycopy(bytes, from, page, length, count);
          length += count;
        }
      };

  private byte[] page = new byte[FIRST_BYTES];
  private int length;

  /** Room for more bytes; a page of Parquet ends at some megabytes, or behind one large value. */
  private byte[] reserved(int more) {
    if (more <= page.length - length) {
      return page;
    }
    int doubled = (int) Math.min(2L * page.length, Integer.MAX_VALUE - Long.BYTES);
    return Arrays.copyOf(page, Math.max(Math.addExact(length, more), doubled));
  }

  @Override
  public void writeBytes(Binary value) {
    int count = value.length();
    page = reserved(Integer.BYTES + count);
    INTS.set(page, length, count);
    length += Integer.BYTES;
    try {
      value.writeTo(end);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  @Override
  public long getBufferedSize() {
    return length;
  }

  @Override
  public long getAllocatedSize() {
    return page.length;
  }

  /** Valid until the next value after {@link #reset}. */
  @Override
  public BytesInput getBytes() {
    return BytesInput.from(page, 0, length);
  }

  @Override
  public Encoding getEncoding() {
    return Encoding.PLAIN;
  }

  @Override
  public void reset() {
    length = 0;
  }

  @Override
  public String memUsageString(String prefix) {
    return prefix + " " + length + " of " + page.length + " bytes";
  }
}
