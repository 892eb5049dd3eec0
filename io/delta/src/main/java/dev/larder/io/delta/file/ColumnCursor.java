package dev.larder.io.delta.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * One column of a row group without nested columns, read at rows of growing number. What lies
 * between is passed over a page or a run at a time, and never made.
 */
final class ColumnCursor {
  private final ColumnDescriptor column;
  private final PageReader pages;
  private final ValueReader values;
  private final int present;
  private final Dictionary dictionary;
  private Levels levels;
  private ValuesReader encoded;
  private long row;
  private long end;

  /** How many of a row's optional groups are there; of a flat column, whether its value is. */
  private interface Levels {
    int next() throws IOException;
  }

  /**
   * @param values where the values go
   */
  ColumnCursor(ColumnDescriptor column, PageReader pages, ValueReader values) {
    this.column = column;
    this.pages = pages;
    this.values = values;
    this.present = column.getMaxDefinitionLevel();
    DictionaryPage page = pages.readDictionaryPage();
    try {
      this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Hands on the value of a row, or nothing if it is absent.
   *
   * @param wanted number in the row group, beyond the last one asked for
   */
  void read(long wanted) {
    try {
      while (wanted >= end) {
        if (!openPage()) {
          throw new IllegalStateException("column " + column + " ends before row " + wanted);
        }
      }
      pass((int) (wanted - row));
      row++;
      if (isPresent()) {
        readValue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Hands on the next value that may be wanted, of a column of bytes.
   *
   * @return the number of its row in the row group; -1 if there is none any more
   */
  long readWanted(KeyFilter keys) {
    try {
      while (true) {
        if (row >= end && !openPage()) {
          return -1;
        }
        if (present == 0 && encoded instanceof PlainBytes plain) {
          row += plain.passUnwanted(keys, (int) (end - row));
          if (row < end) {
            values.addBinary(plain.readBytes());
            return row++;
          }
        } else if (readIfWanted(keys)) {
          return row - 1;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean readIfWanted(KeyFilter keys) throws IOException {
    row++;
    if (!isPresent()) {
      return false;
    }
    Binary value = encoded.readBytes();
    byte[] bytes = value.getBytesUnsafe();
    if (!keys.mayWant(bytes, 0, bytes.length)) {
      return false;
    }
    values.addBinary(value);
    return true;
  }

  private void pass(int rows) throws IOException {
    int there = rows;
    if (present > 0) {
      there = 0;
      for (int i = 0; i < rows; i++) {
        there += isPresent() ? 1 : 0;
      }
    }
    if (there > 0) {
      encoded.skip(there);
    }
    row += rows;
  }

  private boolean isPresent() throws IOException {
    return present == 0 || levels.next() == present;
  }

  private void readValue() {
    switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> values.addInt(encoded.readInteger());
      case INT64 -> values.addLong(encoded.readLong());
      case BOOLEAN -> values.addBoolean(encoded.readBoolean());
      case FLOAT -> values.addFloat(encoded.readFloat());
      case DOUBLE -> values.addDouble(encoded.readDouble());
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> values.addBinary(encoded.readBytes());
    }
  }

  private boolean openPage() throws IOException {
    DataPage page = pages.readPage();
    if (page == null) {
      return false;
    }
    // Pages that were left out have rows too.
    row = page.getFirstRowIndex().orElse(end);
    end = row + page.getValueCount();
    if (page instanceof DataPageV1 first) {
      open(first);
    } else {
      open((DataPageV2) page);
    }
    return true;
  }

  /** Repetition levels of a flat column take no bytes. */
  private void open(DataPageV1 page) throws IOException {
    ByteBufferInputStream in = page.getBytes().toInputStream();
    if (present > 0) {
      ValuesReader definition =
          page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
      definition.initFromPage(page.getValueCount(), in);
      levels = definition::readInteger;
    }
    open(page.getValueEncoding(), page.getValueCount(), in);
  }

  private void open(DataPageV2 page) throws IOException {
    if (present > 0) {
      RunLengthBitPackingHybridDecoder definition =
          new RunLengthBitPackingHybridDecoder(1, page.getDefinitionLevels().toInputStream());
      levels = definition::readInt;
    }
    open(page.getDataEncoding(), page.getValueCount(), page.getData().toInputStream());
  }

  private void open(Encoding encoding, int count, ByteBufferInputStream in) throws IOException {
    if (encoding.usesDictionary()) {
      encoded = encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary);
    } else if (encoding == Encoding.PLAIN
        && column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY) {
      encoded = new PlainBytes();
    } else {
      encoded = encoding.getValuesReader(column, ValuesType.VALUES);
    }
    encoded.initFromPage(count, in);
  }
}
