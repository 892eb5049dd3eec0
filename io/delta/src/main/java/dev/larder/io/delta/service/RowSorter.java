package dev.larder.io.delta.service;

import dev.larder.io.changes.RowCodec;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.ServiceErrors;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.store.TemporaryFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * Sorts any number of rows by a number given with each; equal numbers keep the order in which they
 * came.
 *
 * <p><b>Cost</b>: rows are held encoded up to a limit of bytes; beyond it sorted runs go to the
 * JVM's folder for temporary files ({@code java.io.tmpdir}), which must hold all rows encoded, and
 * are merged when they are read. Files are deleted by {@link #close}.
 */
final class RowSorter implements AutoCloseable {
  /** A row's number within a run has so many bits, its place in the order the others. */
  private static final int ROW_BITS = 22;

  private static final int BUFFER = 1 << 18;

  private final RowSchema schema;
  private final int limit;
  private final Buffer buffer = new Buffer();
  private final DataOutputStream encoder = new DataOutputStream(buffer);
  private final List<TemporaryFile> runs = new ArrayList<>();
  private final List<Run> open = new ArrayList<>();

  private long[] order = new long[1 << 10];
  private int[] starts = new int[1 << 10];
  private int rows;

  /**
   * @param limit bytes of encoded rows to hold in memory, about
   */
  RowSorter(RowSchema schema, int limit) {
    this.schema = schema;
    this.limit = limit;
  }

  /**
   * @param place 0 to 2^41 - 1
   */
  void add(long place, Object[] row) {
    if (rows == order.length) {
      order = Arrays.copyOf(order, rows * 2);
      starts = Arrays.copyOf(starts, rows * 2);
    }
    order[rows] = place << ROW_BITS | rows;
    starts[rows] = buffer.size();
    rows++;
    try {
      RowCodec.write(schema, row, encoder);
      if (buffer.size() >= limit || rows == 1 << ROW_BITS) {
        spill();
      }
    } catch (IOException e) {
      throw ServiceErrors.cannotSort(TemporaryFile.folder(), e);
    }
  }

  /** How many runs went to disk. */
  int runs() {
    return runs.size();
  }

  private void spill() throws IOException {
    TemporaryFile file = TemporaryFile.create();
    runs.add(file);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(file.write(), BUFFER))) {
      int end = buffer.size();
      Arrays.sort(order, 0, rows);
      for (int i = 0; i < rows; i++) {
        int row = row(order[i]);
        out.writeLong(order[i] >> ROW_BITS);
        out.write(
            buffer.bytes(), starts[row], (row + 1 < rows ? starts[row + 1] : end) - starts[row]);
      }
    }
    buffer.reset();
    rows = 0;
  }

  private static int row(long ordered) {
    return (int) (ordered & (1 << ROW_BITS) - 1);
  }

  /** The rows in order; to be asked once, after the last row was added. */
  RowIterator sorted() {
    try {
      if (runs.isEmpty()) {
        Arrays.sort(order, 0, rows);
        return new InMemory();
      }
      if (rows > 0) {
        spill();
      }
      for (TemporaryFile file : runs) {
        open.add(new Run(open.size(), file));
      }
      return new Merged(open);
    } catch (IOException e) {
      throw ServiceErrors.cannotSort(TemporaryFile.folder(), e);
    }
  }

  @Override
  public void close() {
    try {
      for (Run run : open) {
        run.in.close();
      }
      for (TemporaryFile file : runs) {
        file.delete();
      }
    } catch (IOException e) {
      throw ServiceErrors.cannotSort(TemporaryFile.folder(), e);
    }
  }

  private static final class Buffer extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }

  private final class InMemory implements RowIterator {
    private int next;

    @Override
    public boolean hasNext() {
      return next < rows;
    }

    @Override
    public Object[] next() {
      if (next == rows) {
        throw new NoSuchElementException();
      }
      int start = starts[row(order[next++])];
      try {
        return RowCodec.read(
            schema,
            new DataInputStream(
                new ByteArrayInputStream(buffer.bytes(), start, buffer.size() - start)));
      } catch (IOException e) {
        throw new IllegalStateException("reading from memory", e);
      }
    }

    @Override
    public void close() {}
  }

  /** A sorted run, at its next row. */
  private final class Run {
    private final int number;
    private final DataInputStream in;
    private long place;
    private Object[] row;

    Run(int number, TemporaryFile file) throws IOException {
      this.number = number;
      this.in = new DataInputStream(new BufferedInputStream(file.read(), BUFFER));
      advance();
    }

    void advance() throws IOException {
      row = null;
      try {
        place = in.readLong();
      } catch (EOFException e) {
        return;
      }
      row = RowCodec.read(schema, in);
    }
  }

  private static final class Merged implements RowIterator {
    private final PriorityQueue<Run> queue =
        new PriorityQueue<>(
            Comparator.comparingLong((Run run) -> run.place).thenComparingInt(run -> run.number));

    Merged(List<Run> runs) {
      runs.stream().filter(run -> run.row != null).forEach(queue::add);
    }

    @Override
    public boolean hasNext() {
      return !queue.isEmpty();
    }

    @Override
    public Object[] next() {
      Run run = queue.remove();
      Object[] row = run.row;
      try {
        run.advance();
      } catch (IOException e) {
        throw ServiceErrors.cannotSort(TemporaryFile.folder(), e);
      }
      if (run.row != null) {
        queue.add(run);
      }
      return row;
    }

    @Override
    public void close() {}
  }
}
