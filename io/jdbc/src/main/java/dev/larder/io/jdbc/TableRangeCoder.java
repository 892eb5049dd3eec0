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
    writeTexts(value.table().key(), out);
    writeRange(value.range(), out);
    writeTexts(value.partitions(), out);
    writeOptional(value.filter(), out);
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
    List<String> key = readTexts(in);
    KeyRange range = readRange(in);
    List<String> partitions = readTexts(in);
    String filter = readOptional(in);
    long estimatedRows = RowCodec.readLong(in);
    Sequence sequence = Sequence.parse(RowCodec.readText(in));
    return new TableRange(
        new TableSchema(id, columns, key),
        range,
        partitions,
        filter,
        estimatedRows,
        sequence,
        RowCodec.readLong(in));
  }

  private static void writeRange(KeyRange range, DataOutputStream out) throws IOException {
    out.writeBoolean(range.index() != null);
    if (range.index() != null) {
      KeyIndex index = range.index();
      RowCodec.writeText(index.name(), out);
      RowCodec.writeLong(index.columns().size(), out);
      for (KeyColumn column : index.columns()) {
        RowCodec.writeText(column.name(), out);
        out.writeByte(column.form().ordinal());
        writeOptional(column.charset(), out);
        writeOptional(column.collation(), out);
        out.writeBoolean(column.nullable());
      }
      out.writeByte(index.order().ordinal());
      out.writeByte(index.storage().ordinal());
      writeBound(range.from(), out);
      writeBound(range.to(), out);
    }
  }

  private static KeyRange readRange(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return KeyRange.WHOLE;
    }
    String name = RowCodec.readText(in);
    List<KeyColumn> columns = new ArrayList<>();
    for (long left = RowCodec.readLong(in); left > 0; left--) {
      columns.add(
          new KeyColumn(
              RowCodec.readText(in),
              KeyForm.values()[in.readByte()],
              readOptional(in),
              readOptional(in),
              in.readBoolean()));
    }
    KeyIndex index =
        new KeyIndex(
            name,
            columns,
            KeyIndex.Order.values()[in.readByte()],
            KeyIndex.Storage.values()[in.readByte()]);
    return new KeyRange(index, readBound(in), readBound(in));
  }

  private static void writeBound(KeyBound bound, DataOutputStream out) throws IOException {
    writeTexts(bound == null ? List.of() : bound.literals(), out);
    if (bound != null) {
      out.writeBoolean(bound.isBehind());
    }
  }

  private static KeyBound readBound(DataInputStream in) throws IOException {
    List<String> literals = readTexts(in);
    return literals.isEmpty() ? null : new KeyBound(literals, in.readBoolean());
  }

  private static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
    RowCodec.writeLong(texts.size(), out);
    for (String text : texts) {
      RowCodec.writeText(text, out);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int size = (int) RowCodec.readLong(in);
    List<String> texts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      texts.add(RowCodec.readText(in));
    }
    return texts;
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
