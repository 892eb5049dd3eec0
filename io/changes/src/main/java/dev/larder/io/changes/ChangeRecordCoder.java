package dev.larder.io.changes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * Encodes a {@link ChangeRecord} with its schema, so that a record means the same wherever it is
 * read.
 *
 * <p><b>Cost</b>: the schema goes with every record. Transforms that shuffle many records send
 * blocks of rows instead.
 */
public final class ChangeRecordCoder extends AtomicCoder<ChangeRecord> {
  private static final long serialVersionUID = 1L;
  private static final ChangeRecordCoder INSTANCE = new ChangeRecordCoder();
  private static final int HAS_BEFORE = 1;
  private static final int HAS_AFTER = 2;
  private static final int HAS_PLACE = 4;
  private static final int FROM_LOG = 8;

  private ChangeRecordCoder() {}

  public static ChangeRecordCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ChangeRecord record, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    TableSchema table = record.table();
    RowCodec.writeText(table.id().source(), out);
    RowCodec.writeText(table.id().table(), out);
    RowCodec.writeSchema(table.columns(), out);
    RowCodec.writeLong(table.key().size(), out);
    for (String column : table.key()) {
      RowCodec.writeText(column, out);
    }
    out.writeByte(record.operation().ordinal());
    out.writeByte(
        (record.before() != null ? HAS_BEFORE : 0)
            | (record.after() != null ? HAS_AFTER : 0)
            | (record.place() != null ? HAS_PLACE : 0)
            | (record.origin() == Origin.LOG ? FROM_LOG : 0));
    RowCodec.writeLong(record.committedAt(), out);
    writeSequence(record.sequence(), out);
    if (record.before() != null) {
      RowCodec.write(table.columns(), record.before(), out);
    }
    if (record.after() != null) {
      RowCodec.write(table.columns(), record.after(), out);
    }
    if (record.place() != null) {
      RowCodec.writeText(record.place().topic(), out);
      RowCodec.writeLong(record.place().partition(), out);
      RowCodec.writeLong(record.place().offset(), out);
    }
    out.flush();
  }

  @Override
  public ChangeRecord decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    TableId id = new TableId(RowCodec.readText(in), RowCodec.readText(in));
    RowSchema columns = RowCodec.readSchema(in);
    int keySize = (int) RowCodec.readLong(in);
    List<String> key = new ArrayList<>(keySize);
    for (int i = 0; i < keySize; i++) {
      key.add(RowCodec.readText(in));
    }
    Operation operation = Operation.values()[in.readUnsignedByte()];
    int flags = in.readUnsignedByte();
    long committedAt = RowCodec.readLong(in);
    Sequence sequence = readSequence(in);
    Object[] before = (flags & HAS_BEFORE) == 0 ? null : RowCodec.read(columns, in);
    Object[] after = (flags & HAS_AFTER) == 0 ? null : RowCodec.read(columns, in);
    LogPlace place =
        (flags & HAS_PLACE) == 0
            ? null
            : new LogPlace(
                RowCodec.readText(in), (int) RowCodec.readLong(in), RowCodec.readLong(in));
    return new ChangeRecord(
        new TableSchema(id, columns, key),
        operation,
        before,
        after,
        committedAt,
        sequence,
        (flags & FROM_LOG) != 0 ? Origin.LOG : Origin.SNAPSHOT,
        place);
  }

  static void writeSequence(Sequence sequence, DataOutputStream out) throws IOException {
    RowCodec.writeLong(sequence.file(), out);
    RowCodec.writeLong(sequence.position(), out);
    RowCodec.writeLong(sequence.row(), out);
  }

  static Sequence readSequence(DataInputStream in) throws IOException {
    return new Sequence(RowCodec.readLong(in), RowCodec.readLong(in), (int) RowCodec.readLong(in));
  }
}
