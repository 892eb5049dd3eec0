package dev.larder.io.changes;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;

/**
 * Encodes a {@link TableRow} with its schema.
 *
 * <p><b>Cost</b>: the schema goes with every row. Sinks shuffle blocks of rows instead.
 */
public final class TableRowCoder extends AtomicCoder<TableRow> {
  private static final long serialVersionUID = 1L;
  private static final TableRowCoder INSTANCE = new TableRowCoder();

  private TableRowCoder() {}

  public static TableRowCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TableRow row, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    RowCodec.writeText(row.table(), out);
    RowCodec.writeSchema(row.schema(), out);
    RowCodec.write(row.schema(), row.values(), out);
    ChangeRecordCoder.writeSequence(row.order(), out);
    out.writeByte(row.change().ordinal());
    out.flush();
  }

  @Override
  public TableRow decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    String table = RowCodec.readText(in);
    RowSchema schema = RowCodec.readSchema(in);
    return new TableRow(
        table,
        schema,
        RowCodec.read(schema, in),
        ChangeRecordCoder.readSequence(in),
        TableRow.Change.values()[in.readUnsignedByte()]);
  }
}
