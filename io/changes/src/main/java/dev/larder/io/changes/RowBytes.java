package dev.larder.io.changes;

import java.io.DataInput;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Reads what a {@link RowBuffer} wrote, from any place in it, without a lock for every byte. Not
 * for two threads.
 */
public final class RowBytes implements DataInput {
  private static final int BYTE = 0xFF;

  private static final byte[][] NOTHING = {};

  private final byte[] bytes;
  private final byte[][] repeated;
  private int next;

  public RowBytes(byte[] bytes) {
    this(bytes, NOTHING);
  }

  /**
   * @param repeated what the bytes refer to: {@link RepeatedValues#values}
   */
  public RowBytes(byte[] bytes, byte[][] repeated) {
    this.bytes = bytes;
    this.repeated = repeated;
  }

  /**
   * What is referred to; not to be written to.
   *
   * @param reference a number below 0 where a length would be
   */
  public byte[] repeated(long reference) {
    return repeated[(int) (-1 - reference)];
  }

  /** The place of the next byte. */
  public int place() {
    return next;
  }

  /** Goes on from another place. */
  public void moveTo(int place) {
    next = Objects.checkIndex(place, bytes.length + 1);
  }

  /** The array that is read from; not to be written to. */
  public byte[] array() {
    return bytes;
  }

  /**
   * Passes over so many bytes.
   *
   * @return the place of the first one
   */
  public int pass(int length) throws EOFException {
    if (length > bytes.length - next) {
      throw new EOFException(bytes.length + " bytes");
    }
    next += length;
    return next - length;
  }

  /** Whether everything was read. */
  public boolean isAtEnd() {
    return next == bytes.length;
  }

  /** The text of the next so many bytes of UTF-8. */
  String text(int length) throws EOFException {
    return new String(bytes, pass(length), length, StandardCharsets.UTF_8);
  }

  @Override
  public byte readByte() throws EOFException {
    if (next == bytes.length) {
      throw new EOFException(bytes.length + " bytes");
    }
    return bytes[next++];
  }

  @Override
  public int readUnsignedByte() throws EOFException {
    return readByte() & BYTE;
  }

  @Override
  public boolean readBoolean() throws EOFException {
    return readByte() != 0;
  }

  @Override
  public void readFully(byte[] into) throws EOFException {
    readFully(into, 0, into.length);
  }

  @Override
  public void readFully(byte[] into, int from, int length) throws EOFException {
    if (length > bytes.length - next) {
      throw new EOFException(bytes.length + " bytes");
    }
    System.arraycopy(bytes, next, into, from, length);
    next += length;
  }

  @Override
  public int skipBytes(int count) {
    int skipped = Math.max(0, Math.min(count, bytes.length - next));
    next += skipped;
    return skipped;
  }

  @Override
  public short readShort() throws EOFException {
    return (short) (readByte() << 8 | readUnsignedByte());
  }

  @Override
  public int readUnsignedShort() throws EOFException {
    return readShort() & 0xFFFF;
  }

  @Override
  public char readChar() throws EOFException {
    return (char) readShort();
  }

  @Override
  public int readInt() throws EOFException {
    if (Integer.BYTES > bytes.length - next) {
      throw new EOFException(bytes.length + " bytes");
    }
    int at = next;
    next += Integer.BYTES;
    return bytes[at] << 24
        | (bytes[at + 1] & BYTE) << 16
        | (bytes[at + 2] & BYTE) << 8
        | (bytes[at + 3] & BYTE);
  }

  @Override
  public long readLong() throws EOFException {
    return (long) readInt() << 32 | (readInt() & 0xFFFF_FFFFL);
  }

  @Override
  public float readFloat() throws EOFException {
    return Float.intBitsToFloat(readInt());
  }

  @Override
  public double readDouble() throws EOFException {
    return Double.longBitsToDouble(readLong());
  }

  /** Not supported: rows hold no lines. */
  @Override
  public String readLine() {
    throw new UnsupportedOperationException("rows hold no lines");
  }

  /** Not supported: texts are read by {@link RowCodec#readText}. */
  @Override
  public String readUTF() {
    throw new UnsupportedOperationException("texts are read by RowCodec.readText");
  }
}
