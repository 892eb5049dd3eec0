package dev.larder.transforms.snapshot;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The PIT's rows of one range of keys, made while they are written: instant by instant, in each the
 * keys in order. Pure.
 *
 * <p>For each satellite one cursor a key walks over the key's versions in order of load time; with
 * the instants in order, too, no cursor ever goes back: the cost is that of the rows and versions,
 * not of their product.
 *
 * <p><b>Cost</b>: while rows are made, the range's keys (some 100 bytes each) and versions (some 20
 * bytes each, with a sequence 70) are in memory.
 */
final class PitRange implements TableRows {
  private static final long serialVersionUID = 1L;

  private final PitSpec spec;
  private final AsOfs asOfs;
  private final List<byte[]> blocks;

  /**
   * @param blocks {@link KeyBlock}s, encoded
   */
  PitRange(PitSpec spec, AsOfs asOfs, List<byte[]> blocks) {
    this.spec = spec;
    this.asOfs = asOfs;
    this.blocks = blocks;
  }

  @Override
  public String table() {
    return spec.table();
  }

  @Override
  public RowSchema schema() {
    return spec.schema();
  }

  @Override
  public void forEach(Consumer<Object[]> out) {
    KeyIndex keys = new KeyIndex(keys(PitSources.PARENT));
    boolean[] known = known(keys);
    Object[] values = new Object[keys.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = HashKeys.value(spec.types().hashKey(), keys.key(i));
    }
    List<PitColumns> satellites = satellites(keys, values);
    Object[] row = new Object[schema().size()];
    for (int i = 0; i < asOfs.size(); i++) {
      row[1] = Times.value(spec.types().time(), asOfs.micros(i));
      boolean onlyNew = asOfs.isForNewKeys(i);
      for (int key = 0; key < values.length; key++) {
        if (onlyNew && known[key]) {
          continue;
        }
        row[0] = values[key];
        for (PitColumns satellite : satellites) {
          satellite.put(key, asOfs.micros(i), row);
        }
        out.accept(row);
      }
    }
  }

  private List<byte[]> keys(int source) {
    List<byte[]> keys = new ArrayList<>();
    for (byte[] encoded : blocks) {
      KeyBlock block = KeyBlock.of(encoded);
      if (block.source() == source) {
        KeyBlock.Cursor cursor = block.cursor();
        while (cursor.next()) {
          keys.add(cursor.copyOfKey());
        }
      }
    }
    return keys;
  }

  private boolean[] known(KeyIndex keys) {
    boolean[] known = new boolean[keys.size()];
    for (byte[] encoded : blocks) {
      KeyBlock block = KeyBlock.of(encoded);
      if (block.source() == PitSources.KNOWN) {
        KeyBlock.Cursor cursor = block.cursor();
        while (cursor.next()) {
          int key = keys.find(cursor);
          if (key >= 0) {
            known[key] = true;
          }
        }
      }
    }
    return known;
  }

  private List<PitColumns> satellites(KeyIndex keys, Object[] values) {
    List<Versions.Builder> builders = new ArrayList<>();
    spec.satellites().forEach(any -> builders.add(new Versions.Builder()));
    for (byte[] encoded : blocks) {
      KeyBlock block = KeyBlock.of(encoded);
      if (block.source() >= PitSources.SATELLITES) {
        Versions.Builder versions = builders.get(block.source() - PitSources.SATELLITES);
        KeyBlock.Cursor cursor = block.cursor();
        while (cursor.next()) {
          int key = keys.find(cursor);
          if (key >= 0) {
            versions.add(key, cursor);
          }
        }
      }
    }
    List<PitColumns> columns = new ArrayList<>();
    int position = 2;
    for (int i = 0; i < builders.size(); i++) {
      boolean hasSequence = spec.satellites().get(i).columns().hasSequence();
      Versions versions = builders.get(i).build(keys.size());
      columns.add(new PitColumns(spec, versions, values, position, hasSequence));
      position += hasSequence ? 3 : 2;
    }
    return columns;
  }

  /** Without values: no payload may reach a log. */
  @Override
  public String toString() {
    return blocks.size() + " blocks for " + spec.table();
  }
}
