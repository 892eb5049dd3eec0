package dev.larder.io.jdbc;

import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;

/** Encodes a {@link TableRange} with its schema. Equal ranges have equal bytes. */
public final class TableRangeCoder extends AtomicCoder<TableRange> {
  private static final long serialVersionUID = 1L;
  private static final TableRangeCoder INSTANCE = new TableRangeCoder();

  private TableRangeCoder() {}

  public static TableRangeCoder of() {
    return INSTANCE;
  }

  /** What {@link org.apache.beam.sdk.coders.DefaultCoder} asks for. */
  public static CoderProvider getCoderProvider() {
    return CoderProviders.forCoder(TypeDescriptor.of(TableRange.class), of());
  }

  @Override
  public void encode(TableRange value, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    RowCodec.writeText(value.table().id().source(), out);
    RowCodec.writeText(value.table().id().table(), out);
    RowCodec.writeSchema(value.table().columns(), out);
    RowCodec.writeLong(value.table().key().size(), out);
    for (String column : value.table().key()) {
      RowCodec.writeText(column, out);
    }
    writeOptional(value.range().column(), out);
    writeOptional(value.range().from(), out);
    writeOptional(value.range().to(), out);
    RowCodec.writeLong(value.estimatedRows(), out);
    RowCodec.writeText(value.sequence().text(), out);
    RowCodec.writeLong(value.committedAt(), out);
    out.flush();
  }

  @Override
  public TableRange decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    TableId id = new TableId(RowCodec.readText(in), RowCodec.readText(in));
    RowSchema columns = RowCodec.readSchema(in);
    int keySize = (int) RowCodec.readLong(in);
    List<String> key = new ArrayList<>(keySize);
    for (int i = 0; i < keySize; i++) {
      key.add(RowCodec.readText(in));
    }
    KeyRange range = new KeyRange(readOptional(in), readOptional(in), readOptional(in));
    long estimatedRows = RowCodec.readLong(in);
    Sequence sequence = Sequence.parse(RowCodec.readText(in));
    return new TableRange(
        new TableSchema(id, columns, key), range, estimatedRows, sequence, RowCodec.readLong(in));
  }

  private static void writeOptional(String text, DataOutputStream out) throws IOException {
    out.writeBoolean(text != null);
    if (text != null) {
      RowCodec.writeText(text, out);
    }
  }

  private static String readOptional(DataInputStream in) throws IOException {
    return in.readBoolean() ? RowCodec.readText(in) : null;
  }

  @Override
  public void verifyDeterministic() {
    // Every part has one encoding.
  }
}
