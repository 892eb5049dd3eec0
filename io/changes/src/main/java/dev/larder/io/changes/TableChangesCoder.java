package dev.larder.io.changes;

import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.util.List;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.coders.ListCoder;

/**
 * Changes in memory each by {@link ChangeRecordCoder}; others, which say where changes are, by
 * Java's serialization.
 */
public final class TableChangesCoder extends AtomicCoder<TableChanges> {
  private static final long serialVersionUID = 1L;
  private static final TableChangesCoder INSTANCE = new TableChangesCoder();
  private static final ListCoder<ChangeRecord> CHANGES = ListCoder.of(ChangeRecordCoder.of());
  private static final int HELD = 0;
  private static final int DESCRIBED = 1;

  private TableChangesCoder() {}

  public static TableChangesCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(TableChanges changes, OutputStream stream) throws IOException {
    if (changes instanceof TableChanges.Held held) {
      stream.write(HELD);
      write(held.table(), stream);
      CHANGES.encode(held.changes(), stream);
    } else {
      stream.write(DESCRIBED);
      write(changes, stream);
    }
  }

  @Override
  public TableChanges decode(InputStream stream) throws IOException {
    int form = stream.read();
    if (form == HELD) {
      TableSchema table = (TableSchema) read(stream);
      List<ChangeRecord> changes = CHANGES.decode(stream);
      return TableChanges.of(table, changes);
    }
    return (TableChanges) read(stream);
  }

  private static void write(Object object, OutputStream stream) throws IOException {
    ObjectOutputStream out = new ObjectOutputStream(stream);
    out.writeObject(object);
    out.flush();
  }

  private static Object read(InputStream stream) throws IOException {
    try {
      return new ObjectInputStream(stream).readObject();
    } catch (ClassNotFoundException e) {
      throw new CoderException("changes of a class that this worker does not have", e);
    }
  }
}
