package dev.larder.io.changes;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;

/**
 * Java's serialization: a {@link TableRows} is a few arrays, or a description of where rows are.
 */
public final class TableRowsCoder extends AtomicCoder<TableRows> {
  private static final long serialVersionUID = 1L;
  private static final TableRowsCoder INSTANCE = new TableRowsCoder();

  private TableRowsCoder() {}

  public static TableRowsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TableRows rows, OutputStream stream) throws IOException {
    ObjectOutputStream out = new ObjectOutputStream(stream);
    out.writeObject(rows);
    out.flush();
  }

  @Override
  public TableRows decode(InputStream stream) throws IOException {
    try {
      return (TableRows) new ObjectInputStream(stream).readObject();
    } catch (ClassNotFoundException e) {
      throw new CoderException("rows of a class that this worker does not have", e);
    }
  }
}
