package dev.larder.io.changes;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The compact binary form of rows and schemas: what crosses a shuffle and what coders write. A row
 * is a bitmap of its nulls, then its values; lengths and integers are variable-length. The form
 * belongs to one build of Larder and is never stored.
 */
public final class RowCodec {
  private static final byte[] NONE = {};

  private RowCodec() {}

  /** Writes the values of a row of this schema. */
  public static void write(RowSchema schema, Object[] row, DataOutput out) throws IOException {
    writeNulls(row, out);
    for (int i = 0; i < row.length; i++) {
      if (row[i] != null) {
        writeValue(schema.column(i).type(), row[i], out);
      }
    }
  }

  /**
   * The same without the values that stand elsewhere.
   *
   * @param shared a value for each column that need not be written; absent for the others
   * @param repeated takes values that others may repeat, which refer to it then
   */
  public static void write(
      RowSchema schema, Object[] row, Object[] shared, RepeatedValues repeated, DataOutput out)
      throws IOException {
    int nulls = 0;
    for (int i = 0; i < row.length; i++) {
      nulls = mark(i, row.length, row[i] == null || shared[i] != null, nulls, out);
    }
    for (int i = 0; i < row.length; i++) {
      if (row[i] != null && shared[i] == null) {
        ColumnType type = schema.column(i).type();
        int reference = mayRepeat(type.kind()) ? repeated.find(i, row[i]) : -1;
        if (reference >= 0) {
          writeLong(-1 - reference, out); // no length is below 0
        } else {
          writeValue(type, row[i], out);
        }
      }
    }
  }

  private static boolean mayRepeat(Kind kind) {
    return kind == Kind.STRING || kind == Kind.BINARY;
  }

  private static void writeNulls(Object[] row, DataOutput out) throws IOException {
    int nulls = 0;
    for (int i = 0; i < row.length; i++) {
      nulls = mark(i, row.length, row[i] == null, nulls, out);
    }
  }

  /** Marks whether a value is absent; eight marks are written together. */
  private static int mark(int i, int count, boolean isAbsent, int marks, DataOutput out)
      throws IOException {
    int marked = isAbsent ? marks | 1 << (i & 7) : marks;
    if ((i & 7) == 7 || i == count - 1) {
      out.writeByte(marked);
      return 0;
    }
    return marked;
  }

  /** Reads the values of a row of this schema. */
  public static Object[] read(RowSchema schema, DataInput in) throws IOException {
    return read(schema, schema.size(), in);
  }

  /**
   * Reads a row that was written without the values that stand elsewhere.
   *
   * @param shared those, as they were when it was written
   * @param columns so many values are set, and no more is read
   */
  public static Object[] read(RowSchema schema, int columns, Object[] shared, DataInput in)
      throws IOException {
    Object[] row = read(schema, columns, in);
    for (int i = 0; i < columns; i++) {
      if (shared[i] != null) {
        row[i] = shared[i];
      }
    }
    return row;
  }

  private static Object[] read(RowSchema schema, int columns, DataInput in) throws IOException {
    Object[] row = new Object[schema.size()];
    byte[] nulls = readNulls(row.length, in);
    for (int i = 0; i < columns; i++) {
      if (isThere(nulls, i)) {
        row[i] = readValue(schema.column(i).type(), in);
      }
    }
    return row;
  }

  private static byte[] readNulls(int length, DataInput in) throws IOException {
    byte[] nulls = new byte[(length + 7) / 8];
    in.readFully(nulls);
    return nulls;
  }

  private static boolean isThere(byte[] nulls, int i) {
    return (nulls[i >> 3] & 1 << (i & 7)) == 0;
  }

  private static void writeArray(ColumnType element, Object[] values, DataOutput out)
      throws IOException {
    writeLong(values.length, out);
    writeNulls(values, out);
    for (Object value : values) {
      if (value != null) {
        writeValue(element, value, out);
      }
    }
  }

  private static Object[] readArray(ColumnType element, DataInput in) throws IOException {
    Object[] values = new Object[(int) readLong(in)];
    byte[] nulls = readNulls(values.length, in);
    for (int i = 0; i < values.length; i++) {
      if (isThere(nulls, i)) {
        values[i] = readValue(element, in);
      }
    }
    return values;
  }

  private static void writeMap(RowSchema entry, Object[] entries, DataOutput out)
      throws IOException {
    writeLong(entries.length, out);
    for (Object each : entries) {
      write(entry, (Object[]) each, out);
    }
  }

  private static Object[] readMap(RowSchema entry, DataInput in) throws IOException {
    Object[] entries = new Object[(int) readLong(in)];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = read(entry, in);
    }
    return entries;
  }

  private static void writeValue(ColumnType type, Object value, DataOutput out) throws IOException {
    switch (type.kind()) {
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case INT, TIME, DATETIME, TIMESTAMP -> writeLong((Long) value, out);
      case DATE -> writeLong((Integer) value, out);
      case DECIMAL -> writeDecimal(unscaled(type, (BigDecimal) value), out);
      case FLOAT -> out.writeFloat((Float) value);
      case DOUBLE -> out.writeDouble((Double) value);
      case STRING, JSON -> writeText((String) value, out);
      case BINARY -> writeBytes((byte[]) value, out);
      case STRUCT -> write(type.fields(), (Object[]) value, out);
      case ARRAY -> writeArray(type.element().type(), (Object[]) value, out);
      case MAP -> writeMap(type.fields(), (Object[]) value, out);
    }
  }

  private static BigInteger unscaled(ColumnType type, BigDecimal value) {
    if (value.scale() != type.scale()) {
      throw new IllegalArgumentException(
          "a value of scale " + value.scale() + " is not canonical for " + type);
    }
    return value.unscaledValue();
  }

  /** No length, and a number as any other; or its bytes, where it is too large for that. */
  private static void writeDecimal(BigInteger unscaled, DataOutput out) throws IOException {
    if (unscaled.bitLength() < Long.SIZE) {
      out.writeByte(0);
      writeLong(unscaled.longValue(), out);
    } else {
      writeBytes(unscaled.toByteArray(), out);
    }
  }

  private static BigDecimal readDecimal(int scale, DataInput in) throws IOException {
    byte[] large = readBytes(in);
    return large.length == 0
        ? BigDecimal.valueOf(readLong(in), scale)
        : new BigDecimal(new BigInteger(large), scale);
  }

  /**
   * Passes over the marks of a row's absent values.
   *
   * @return their place, for {@link #isAbsent}
   */
  public static int passNulls(int columns, RowBytes in) throws IOException {
    return in.pass((columns + 7) / 8);
  }

  /** Whether a row has no value in a column: then there are no bytes of it. */
  public static boolean isAbsent(RowBytes in, int nulls, int column) {
    return (in.array()[nulls + (column >> 3)] & 1 << (column & 7)) != 0;
  }

  /** Reads a value that is there. */
  public static Object readValue(ColumnType type, DataInput in) throws IOException {
    return switch (type.kind()) {
      case BOOLEAN -> in.readBoolean();
      case INT, TIME, DATETIME, TIMESTAMP -> readLong(in);
      case DATE -> (int) readLong(in);
      case DECIMAL -> readDecimal(type.scale(), in);
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      case STRING, JSON -> readText(in);
      case BINARY -> readBytes(in);
      case STRUCT -> read(type.fields(), in);
      case ARRAY -> readArray(type.element().type(), in);
      case MAP -> readMap(type.fields(), in);
    };
  }

  public static void writeSchema(RowSchema schema, DataOutput out) throws IOException {
    writeLong(schema.size(), out);
    for (Column column : schema.columns()) {
      writeText(column.name(), out);
      out.writeByte(column.type().kind().ordinal() << 1 | (column.nullable() ? 1 : 0));
      switch (column.type().kind()) {
        case INT -> out.writeByte(column.type().precision());
        case DECIMAL -> {
          out.writeByte(column.type().precision());
          out.writeByte(column.type().scale());
        }
        case STRUCT, ARRAY, MAP -> writeSchema(column.type().fields(), out);
        default -> {}
      }
    }
  }

  public static RowSchema readSchema(DataInput in) throws IOException {
    int size = (int) readLong(in);
    List<Column> columns = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      String name = readText(in);
      int tag = in.readUnsignedByte();
      Kind kind = Kind.values()[tag >> 1];
      ColumnType type =
          switch (kind) {
            case INT -> new ColumnType(kind, in.readUnsignedByte(), 0, null);
            case DECIMAL -> ColumnType.decimal(in.readUnsignedByte(), in.readUnsignedByte());
            case STRUCT, ARRAY, MAP -> new ColumnType(kind, 0, 0, readSchema(in));
            default -> new ColumnType(kind, 0, 0, null);
          };
      columns.add(new Column(name, type, (tag & 1) == 1));
    }
    return RowSchema.of(columns);
  }

  /** Zigzag, seven bits a byte: small magnitudes of either sign are short. */
  public static void writeLong(long value, DataOutput out) throws IOException {
    long rest = value << 1 ^ value >> 63;
    if (out instanceof RowBuffer buffer) {
      buffer.writeSevens(rest);
      return;
    }
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  public static long readLong(DataInput in) throws IOException {
    long rest = 0;
    int shift = 0;
    byte next;
    do {
      next = in.readByte();
      rest |= (next & 0x7FL) << shift;
      shift += 7;
    } while (next < 0);
    return rest >>> 1 ^ -(rest & 1);
  }

  public static void writeText(String text, DataOutput out) throws IOException {
    writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
  }

  public static String readText(DataInput in) throws IOException {
    if (in instanceof RowBytes bytes) {
      long length = readLong(in);
      return length < 0
          ? new String(bytes.repeated(length), StandardCharsets.UTF_8)
          : bytes.text((int) length);
    }
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  public static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
    writeLong(bytes.length, out);
    out.write(bytes);
  }

  /** Reads bytes; what repeats is one array, not to be written to. */
  public static byte[] readBytes(DataInput in) throws IOException {
    long length = readLong(in);
    if (length < 0) {
      return ((RowBytes) in).repeated(length);
    }
    if (length == 0) {
      return NONE;
    }
    byte[] bytes = new byte[(int) length];
    in.readFully(bytes);
    return bytes;
  }
}
