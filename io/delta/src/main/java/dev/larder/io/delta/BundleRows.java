package dev.larder.io.delta;

import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRow.Change;
import dev.larder.io.delta.file.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The rows of one bundle on their way: rows for a merge are collected into blocks by bucket; rows
 * to append go straight into files where a bundle has enough of them for a partition, and into
 * blocks where it has not.
 *
 * <p><b>Cost</b>: holds at most {@value #BUNDLE_BYTES} bytes of rows and {@value #MAX_OPEN_FILES}
 * open files.
 */
final class BundleRows {
  /** So many bytes of a partition's rows are worth a file of their own. */
  static final int DIRECT_BYTES = 4 << 20;

  static final int MAX_OPEN_FILES = 8;
  private static final int BLOCK_BYTES = 4 << 20;
  private static final long BUNDLE_BYTES = 32L << 20;

  /** Blocks of a table without key are dealt out to so many parts, each a writer. */
  private static final int APPEND_PARTS = 8;

  /** Smaller blocks go to one part, that they become one file. */
  private static final int DEALT_BYTES = 1 << 20;

  private final LoadPlan plan;
  private final Map<String, TableRoute> routes;
  private final BiConsumer<TablePart, BundlePart> out;
  private final Map<String, Table> tables = new HashMap<>();
  private long bytes;
  private int openFiles;

  /**
   * @param routes known ones, for this bundle to add to
   */
  BundleRows(LoadPlan plan, Map<String, TableRoute> routes, BiConsumer<TablePart, BundlePart> out) {
    this.plan = plan;
    this.routes = routes;
    this.out = out;
  }

  void add(TableRow row) {
    Table table = tables.get(row.table());
    if (table == null) {
      TableRoute route = routes.computeIfAbsent(row.table(), name -> TableRoute.of(plan, name));
      table = new Table(row.table(), route);
      tables.put(row.table(), table);
    }
    table.add(row);
    if (bytes >= BUNDLE_BYTES) {
      tables.values().forEach(Table::emitBlocks);
      if (tables.values().stream().mapToLong(Table::capacity).sum() > 2 * BUNDLE_BYTES) {
        tables.values().forEach(Table::letGo);
      }
    }
  }

  /** Brings out what is left and closes the files. */
  void finish() {
    tables.values().forEach(Table::finish);
  }

  private final class Table {
    private final String name;
    private final TableRoute route;
    private final Map<Object, Slot> slots = new HashMap<>();

    Table(String name, TableRoute route) {
      this.name = name;
      this.route = route;
    }

    void add(TableRow row) {
      if (row.change() == Change.DELETE_ALL && route instanceof TableRoute.Keyed keyed) {
        keyed.slots().forEach(slot -> add(slot, row));
      } else {
        add(route.slot(row), row);
      }
    }

    private void add(Object key, TableRow row) {
      Slot slot = slots.get(key);
      if (slot == null) {
        slot =
            route instanceof TableRoute.Appended appended
                ? new Appended(appended, (Partition) key)
                : new Bucket(new TablePart(name, (Integer) key), (TableRoute.Keyed) route);
        slots.put(key, slot);
      }
      slot.add(row);
    }

    void emitBlocks() {
      slots.values().forEach(Slot::emitBlocks);
    }

    /** Bytes of memory that is kept for rows to come. */
    long capacity() {
      return slots.values().stream().mapToLong(Slot::capacity).sum();
    }

    void letGo() {
      slots.values().forEach(Slot::letGo);
    }

    void finish() {
      emitBlocks();
      if (!(route instanceof TableRoute.Appended appended)) {
        return;
      }
      List<BundlePart.Written> written = new ArrayList<>();
      for (Slot slot : slots.values()) {
        if (slot instanceof Appended rows && rows.files != null) {
          written.add(rows.files.finish());
        }
      }
      if (!written.isEmpty()) {
        out.accept(new TablePart(name, 0), AppendedFiles.all(written, appended));
      }
    }
  }

  /** The rows of one bucket or partition. */
  private interface Slot {
    void add(TableRow row);

    /** Gives away all rows that are not in files. */
    void emitBlocks();

    /** Bytes of memory for rows, used or not. */
    default long capacity() {
      return 0;
    }

    /** Lets go of memory that is not used. */
    default void letGo() {}
  }

  private final class Bucket implements Slot {
    private final TablePart part;
    private final TableRoute.Keyed route;
    private final RowBlockBuilder.BySchema blocks = new RowBlockBuilder.BySchema();

    Bucket(TablePart part, TableRoute.Keyed route) {
      this.part = part;
      this.route = route;
    }

    @Override
    public void add(TableRow row) {
      RowBlockBuilder block = blocks.of(row.schema());
      int before = block.size();
      block.add(row, row.change() == Change.DELETE_ALL ? 0 : route.rank(row));
      bytes += block.size() - before;
      if (block.size() >= BLOCK_BYTES) {
        emit(block);
      }
    }

    private void emit(RowBlockBuilder block) {
      bytes -= block.size();
      out.accept(part, block.build());
    }

    @Override
    public void emitBlocks() {
      for (RowBlockBuilder block : blocks.all()) {
        if (block.size() > 0) {
          emit(block);
        }
      }
    }

    @Override
    public long capacity() {
      return blocks.all().stream().mapToLong(RowBlockBuilder::capacity).sum();
    }

    @Override
    public void letGo() {
      blocks.clear();
    }
  }

  /** Holds rows as they are: most are written into files without having been encoded. */
  private final class Appended implements Slot {
    private final TableRoute.Appended route;
    private final Partition partition;
    private final List<TableRow> held = new ArrayList<>();
    private long heldBytes;
    private AppendedFiles files;

    Appended(TableRoute.Appended route, Partition partition) {
      this.route = route;
      this.partition = partition;
    }

    @Override
    public void add(TableRow row) {
      if (files != null) {
        files.write(row.schema(), row.values(), row.change());
        return;
      }
      int size = RowSize.of(row.values());
      held.add(row);
      heldBytes += size;
      bytes += size;
      if (heldBytes >= DIRECT_BYTES && openFiles < MAX_OPEN_FILES && !route.isCommitted()) {
        openFiles++;
        files = new AppendedFiles(route, partition, row.schema());
        held.forEach(each -> files.write(each.schema(), each.values(), each.change()));
        forget();
      } else if (heldBytes >= BLOCK_BYTES) {
        emitBlocks();
      }
    }

    private void forget() {
      held.clear();
      bytes -= heldBytes;
      heldBytes = 0;
    }

    @Override
    public void emitBlocks() {
      RowBlockBuilder.BySchema blocks = new RowBlockBuilder.BySchema();
      held.forEach(row -> blocks.of(row.schema()).add(row));
      forget();
      for (RowBlockBuilder builder : blocks.all()) {
        RowBlock block = builder.build();
        out.accept(new TablePart(route.table(), dealt(block)), block);
      }
    }

    /** By content alone: a bundle that is run again deals as before. */
    private int dealt(RowBlock block) {
      int hash = block.size() >= DEALT_BYTES ? block.contentHash() : partition.hashCode();
      return Math.floorMod(hash, APPEND_PARTS);
    }
  }
}
