package dev.larder.io.changes;

import java.io.DataOutput;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing array of bytes that rows are encoded into: what a {@code DataOutputStream} on a {@code
 * ByteArrayOutputStream} does, without a lock for every byte. Not for two threads.
 *
 * <p>The forms of numbers are those of {@link DataOutput}; of texts only {@link #writeUTF} is there
 * for the interface's sake: rows hold texts as {@link RowCodec} writes them.
 */
public final class RowBuffer extends OutputStream implements DataOutput {
  private static final int FIRST_SIZE = 1 << 10;

  /** So many bytes a number takes at the most by seven bits a byte. */
  private static final int MAX_SEVENS = 10;

  private byte[] bytes = new byte[FIRST_SIZE];
  private int size;

  /** Bytes written so far. */
  public int size() {
    return size;
  }

  /** Forgets what was written and keeps the memory for what comes. */
  public void clear() {
    size = 0;
  }

  /** Bytes of memory, used or not. */
  public int capacity() {
    return bytes.length;
  }

  /** Copies a part of what was written. */
  public void copy(int from, int length, byte[] into, int at) {
    System.arraycopy(bytes, Objects.checkFromIndexSize(from, length, size), into, at, length);
  }

  /** What was written, in an array of its own. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Writes four bytes, high byte first, over what is at a place already written. */
  public void setInt(int at, int value) {
    if (at + Integer.BYTES > size) {
      throw new IndexOutOfBoundsException(at + " of " + size + " bytes");
    }
    put(at, value);
  }

  private void put(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  private void reserve(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), doubled(bytes.length)));
    }
  }

  private static int doubled(int length) {
    return length > Integer.MAX_VALUE / 2 ? length : length * 2;
  }

  /** Writes a number by seven bits a byte, the lowest first; the last byte has no eighth bit. */
  void writeSevens(long value) {
    reserve(MAX_SEVENS);
    byte[] into = bytes;
    int at = size;
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      into[at++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    into[at++] = (byte) rest;
    size = at;
  }

  @Override
  public void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] from) {
    write(from, 0, from.length);
  }

  @Override
  public void write(byte[] from, int start, int length) {
    reserve(length);
    System.arraycopy(from, start, bytes, size, length);
    size += length;
  }

  @Override
  public void writeBoolean(boolean value) {
    write(value ? 1 : 0);
  }

  @Override
  public void writeByte(int value) {
    write(value);
  }

  @Override
  public void writeShort(int value) {
    write(value >>> 8);
    write(value);
  }

  @Override
  public void writeChar(int value) {
    writeShort(value);
  }

  @Override
  public void writeInt(int value) {
    reserve(Integer.BYTES);
    put(size, value);
    size += Integer.BYTES;
  }

  @Override
  public void writeLong(long value) {
    writeInt((int) (value >>> 32));
    writeInt((int) value);
  }

  @Override
  public void writeFloat(float value) {
    writeInt(Float.floatToIntBits(value));
  }

  @Override
  public void writeDouble(double value) {
    writeLong(Double.doubleToLongBits(value));
  }

  @Override
  public void writeBytes(String text) {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Override
  public void writeChars(String text) {
    write(text.getBytes(StandardCharsets.UTF_16BE));
  }

  /** Not supported: {@link RowCodec#writeText} writes any text of any length. */
  @Override
  public void writeUTF(String text) {
    throw new UnsupportedOperationException("texts are written by RowCodec.writeText");
  }

  @Override
  public void close() {}
}
