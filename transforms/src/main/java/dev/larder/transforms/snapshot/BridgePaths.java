package dev.larder.transforms.snapshot;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/**
 * The bridge's rows of some walks, made while they are written: instant by instant, in each in the
 * order of the walks' keys. Pure.
 */
final class BridgePaths implements TableRows {
  private static final long serialVersionUID = 1L;

  private final BridgeSpec spec;
  private final AsOfs asOfs;
  private final List<byte[]> encoded;

  /**
   * @param encoded {@link Path#encode}
   */
  BridgePaths(BridgeSpec spec, AsOfs asOfs, List<byte[]> encoded) {
    this.spec = spec;
    this.asOfs = asOfs;
    this.encoded = encoded;
  }

  @Override
  public String table() {
    return spec.table();
  }

  @Override
  public RowSchema schema() {
    return spec.schema();
  }

  private record Stored(Object[] row, BitSet at) {}

  @Override
  public void forEach(Consumer<Object[]> out) {
    List<Stored> paths =
        encoded.stream()
            .map(Path::decode)
            .sorted((a, b) -> Arrays.compare(a.keys(), b.keys(), Arrays::compareUnsigned))
            .map(path -> new Stored(row(path), path.at()))
            .toList();
    int time = schema().position(spec.asOf());
    for (int i = 0; i < asOfs.size(); i++) {
      Object asOf = Times.value(spec.types().time(), asOfs.micros(i));
      for (Stored path : paths) {
        if (path.at().get(i)) {
          path.row()[time] = asOf;
          out.accept(path.row());
        }
      }
    }
  }

  private Object[] row(Path path) {
    List<String> names = spec.names();
    RowSchema schema = schema();
    Object[] row = new Object[schema.size()];
    for (String column : spec.columns()) {
      byte[] key = path.keys()[names.indexOf(column)];
      row[schema.position(column)] = HashKeys.value(spec.types().hashKey(), key);
    }
    return row;
  }

  /** Without values: no payload may reach a log. */
  @Override
  public String toString() {
    return encoded.size() + " walks of " + spec.table();
  }
}
