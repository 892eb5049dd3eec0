package dev.larder.io.delta.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of one value in a row group: a dictionary of it and a page of one run, byte for byte
 * what Parquet's own writer makes of it with a look into the dictionary, an update of the
 * statistics and two encoders for every row. From the second value on that one writes.
 *
 * <p>The column is in no array and no map: a value is a row.
 */
final class ColumnRun implements ColumnWriter {
  private final ColumnDescriptor column;
  private final PageWriter pages;
  private final Supplier<ColumnWriteStore> byParquet;

  private int count;
  private int level;

  /** The value, if it is not {@link #bytes}, as a number or as the bits of one. */
  private long bits;

  private Binary bytes;
  private ColumnWriteStore store;
  private ColumnWriter out;

  /**
   * @param byParquet makes a store of this column alone
   */
  ColumnRun(ColumnDescriptor column, PageWriter pages, Supplier<ColumnWriteStore> byParquet) {
    this.column = column;
    this.pages = pages;
    this.byParquet = byParquet;
  }

  /** Whether this is one more of the same; if not, Parquet's writer is there. */
  private boolean goesOn(long value, int definition) {
    if (out != null) {
      return false;
    }
    if (count == 0) {
      bits = value;
      level = definition;
    } else if (value != bits || definition != level) {
      hand();
      return false;
    }
    count++;
    return true;
  }

  /** Hands what was counted to Parquet's writer. */
  private void hand() {
    store = byParquet.get();
    out = store.getColumnWriter(column);
    PrimitiveTypeName type = column.getPrimitiveType().getPrimitiveTypeName();
    for (int i = 0; i < count; i++) {
      if (isAbsent()) {
        out.writeNull(0, level);
      } else {
        switch (type) {
          case BOOLEAN -> out.write(bits != 0, 0, level);
          case INT32 -> out.write((int) bits, 0, level);
          case INT64 -> out.write(bits, 0, level);
          case FLOAT -> out.write(Float.intBitsToFloat((int) bits), 0, level);
          case DOUBLE -> out.write(Double.longBitsToDouble(bits), 0, level);
          default -> out.write(bytes, 0, level);
        }
      }
      store.endRecord();
    }
  }

  private boolean isAbsent() {
    return level < column.getMaxDefinitionLevel();
  }

  @Override
  public void write(long value, int repetition, int definition) {
    if (!goesOn(value, definition)) {
      out.write(value, repetition, definition);
      store.endRecord();
    }
  }

  @Override
  public void write(int value, int repetition, int definition) {
    if (!goesOn(value, definition)) {
      out.write(value, repetition, definition);
      store.endRecord();
    }
  }

  @Override
  public void write(boolean value, int repetition, int definition) {
    if (!goesOn(value ? 1 : 0, definition)) {
      out.write(value, repetition, definition);
      store.endRecord();
    }
  }

  @Override
  public void write(float value, int repetition, int definition) {
    if (!goesOn(Float.floatToRawIntBits(value), definition)) {
      out.write(value, repetition, definition);
      store.endRecord();
    }
  }

  @Override
  public void write(double value, int repetition, int definition) {
    if (!goesOn(Double.doubleToRawLongBits(value), definition)) {
      out.write(value, repetition, definition);
      store.endRecord();
    }
  }

  @Override
  public void write(Binary value, int repetition, int definition) {
    if (out == null && count > 0 && bytes != value && !value.equals(bytes)) {
      hand();
    } else if (bytes == null) {
      bytes = value.copy(); // whoever hands it over may use its bytes again
    }
    if (!goesOn(0, definition)) {
      out.write(value, repetition, definition);
      store.endRecord();
    }
  }

  @Override
  public void writeNull(int repetition, int definition) {
    if (!goesOn(bits, definition)) {
      out.writeNull(repetition, definition);
      store.endRecord();
    }
  }

  /** Ends the column: once, and with at least one row. */
  void flush() throws IOException {
    if (out == null && !isAbsent() && !hasDictionary()) {
      hand();
    }
    if (store != null) {
      store.flush();
      return;
    }
    Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
    BytesInput run = BytesInput.fromUnsignedVarInt(count << 1);
    BytesInput levels = levels(run);
    boolean isLevelled = column.getMaxDefinitionLevel() > 0;
    Encoding definitions = isLevelled ? Encoding.RLE : Encoding.BIT_PACKED;
    if (isAbsent()) {
      statistics.incrementNumNulls(count);
      pages.writePage(
          levels, count, count, statistics, Encoding.BIT_PACKED, definitions, Encoding.PLAIN);
      return;
    }
    BytesInput dictionary = dictionary(statistics);
    pages.writePage(
        // Of one value in the dictionary a place takes no bit.
        BytesInput.concat(levels, BytesInput.from(new byte[] {0}), run),
        count,
        count,
        statistics,
        Encoding.BIT_PACKED,
        definitions,
        Encoding.PLAIN_DICTIONARY);
    pages.writeDictionaryPage(new DictionaryPage(dictionary, 1, Encoding.PLAIN_DICTIONARY));
  }

  /** See {@link FirstRows}: those of others are not expected to be runs, but of NULLs. */
  private boolean hasDictionary() {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case BOOLEAN, FLOAT, DOUBLE -> false;
      default -> true;
    };
  }

  private BytesInput levels(BytesInput run) {
    if (column.getMaxDefinitionLevel() == 0) {
      return BytesInput.empty();
    }
    BytesInput levels = BytesInput.concat(run, BytesInput.from(new byte[] {(byte) level}));
    return BytesInput.concat(BytesInput.fromInt((int) levels.size()), levels);
  }

  private BytesInput dictionary(Statistics<?> statistics) {
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> {
        statistics.updateStats((int) bits);
        number.putInt((int) bits);
      }
      case INT64 -> {
        statistics.updateStats(bits);
        number.putLong(bits);
      }
      case BINARY -> {
        statistics.updateStats(bytes);
        return BytesInput.concat(
            BytesInput.fromInt(bytes.length()), BytesInput.from(bytes.getBytes()));
      }
      case FIXED_LEN_BYTE_ARRAY -> {
        statistics.updateStats(bytes);
        return BytesInput.from(bytes.getBytes());
      }
      default -> throw new IllegalStateException("no dictionary for " + column);
    }
    return BytesInput.from(number.array(), 0, number.position());
  }

  @Override
  public long getBufferedSizeInMemory() {
    return store == null ? 0 : store.getBufferedSize();
  }

  long allocatedSize() {
    return store == null ? 0 : store.getAllocatedSize();
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
  }
}
