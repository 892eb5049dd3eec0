package dev.larder.io.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.Test;

public class RowBufferTest {

  private static void write(DataOutput out) throws IOException {
    out.write(300);
    out.write(new byte[] {1, 2, 3});
    out.write(new byte[] {1, 2, 3}, 1, 1);
    out.writeBoolean(true);
    out.writeByte(-2);
    out.writeShort(-30_000);
    out.writeChar('\u20ac');
    out.writeInt(-2_000_000_000);
    out.writeLong(Long.MIN_VALUE + 5);
    out.writeFloat(1.5f);
    out.writeDouble(-1e300);
    out.writeBytes("ab");
    out.writeChars("\u20ac");
  }

  private static byte[] asJava() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  public void writesWhatADataOutputStreamWrites() throws IOException {
    RowBuffer buffer = new RowBuffer();

    write(buffer);

    assertThat(buffer.toByteArray(), is(asJava()));
    assertThat(buffer.size(), is(asJava().length));
  }

  @Test
  public void readsWhatADataInputStreamReads() throws IOException {
    DataInputStream java = new DataInputStream(new ByteArrayInputStream(asJava()));
    RowBytes bytes = new RowBytes(asJava());

    assertThat(bytes.readUnsignedByte(), is(java.readUnsignedByte()));
    byte[] three = new byte[3];
    bytes.readFully(three);
    java.skipBytes(3);
    assertThat(three, is(new byte[] {1, 2, 3}));
    assertThat(bytes.readByte(), is(java.readByte()));
    assertThat(bytes.readBoolean(), is(java.readBoolean()));
    assertThat(bytes.readByte(), is(java.readByte()));
    assertThat(bytes.readShort(), is(java.readShort()));
    assertThat(bytes.readChar(), is(java.readChar()));
    assertThat(bytes.readInt(), is(java.readInt()));
    assertThat(bytes.readLong(), is(java.readLong()));
    assertThat(bytes.readFloat(), is(java.readFloat()));
    assertThat(bytes.readDouble(), is(java.readDouble()));
    assertThat(bytes.skipBytes(2), is(java.skipBytes(2)));
    assertThat(bytes.readUnsignedShort(), is(java.readUnsignedShort()));
    assertThat(bytes.isAtEnd(), is(true));
    assertThat(bytes.skipBytes(1), is(0));
  }

  @Test
  public void growsWithWhatIsWritten() {
    RowBuffer buffer = new RowBuffer();
    byte[] much = new byte[5_000];
    much[4_999] = 7;

    buffer.writeByte(1);
    buffer.write(much);
    buffer.setInt(1, 0x01020304);

    byte[] written = buffer.toByteArray();
    assertThat(written.length, is(5_001));
    assertThat(written[4], is((byte) 4));
    assertThat(written[5_000], is((byte) 7));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.setInt(4_998, 1));
  }

  @Test
  public void goesToAnyPlaceAndNotBeyondTheEnd() throws IOException {
    RowBytes bytes = new RowBytes(asJava());

    bytes.moveTo(2);
    assertThat(bytes.readByte(), is((byte) 2));
    assertThat(bytes.place(), is(3));
    bytes.moveTo(asJava().length);
    assertThrows(EOFException.class, bytes::readByte);
    assertThrows(EOFException.class, bytes::readInt);
    assertThrows(EOFException.class, () -> bytes.readFully(new byte[1]));
    assertThrows(IndexOutOfBoundsException.class, () -> bytes.moveTo(-1));
  }
}
