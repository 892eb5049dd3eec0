package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.file.TableFiles;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.merge.RowKey;
import dev.larder.io.delta.store.LogPath;
import dev.larder.io.delta.store.TableStore;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows that came for a part of a table, kept until its commit is through: a merge that another
 * writer got in the way of is done again. Few rows travel with the part's result; more are put into
 * a file below the table, deleted after the commit. One that a killed process leaves behind is for
 * vacuum to find. Rows that were added as they came are not kept a second time: the files hold them
 * that the merge wrote, which nothing removes before the commit.
 *
 * @param encoded blocks, one after the other; empty if they are in a file
 * @param file name below the table; empty if there is none
 * @param written files with the rows that are not in blocks, and perhaps others of their keys
 * @param schema of the written files; null if there are none
 */
record KeptRows(int blocks, byte[] encoded, String file, List<DataFile> written, RowSchema schema)
    implements Serializable {
  /** Folder of rows in waiting, below a table. */
  static final String FOLDER = "_larder/";

  static final KeptRows NONE = new KeptRows(0, new byte[0], "", List.of(), null);
  private static final Logger LOG = LoggerFactory.getLogger(KeptRows.class);
  private static final int MAX_BYTES = 1 << 20;
  private static final RowBlock.BlockCoder CODER = new RowBlock.BlockCoder();

  KeptRows {
    written = List.copyOf(written);
  }

  static KeptRows of(TableStore store, List<RowBlock> blocks) {
    if (blocks.stream().mapToLong(RowBlock::size).sum() > MAX_BYTES) {
      String name = FOLDER + UUID.randomUUID() + ".rows";
      try (OutputStream out = new BufferedOutputStream(store.createPassing(name), BUFFER)) {
        write(blocks, out);
      } catch (IOException e) {
        throw DeltaErrors.cannotWrite(store.address(LogPath.encode(name)), e);
      }
      return new KeptRows(blocks.size(), new byte[0], name, List.of(), null);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(blocks, bytes);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory", e);
    }
    return new KeptRows(blocks.size(), bytes.toByteArray(), "", List.of(), null);
  }

  /** With rows that are in files: those of keys that none of the blocks has. */
  KeptRows and(List<DataFile> files, RowSchema columns) {
    return new KeptRows(blocks, encoded, file, files, columns);
  }

  private static final int BUFFER = 1 << 16;

  private static void write(List<RowBlock> blocks, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    for (RowBlock block : blocks) {
      CODER.encode(block, out);
    }
    out.flush();
  }

  /**
   * All of them.
   *
   * @param key of the table
   */
  List<RowBlock> read(TableStore store, List<String> key) {
    List<RowBlock> all = blocks(store);
    if (!written.isEmpty()) {
      Set<Integer> inBlocks = new HashSet<>();
      for (RowBlock block : all) {
        RowBlock.Cursor row = block.cursor();
        while (row.hasNext()) {
          row.advance();
          inBlocks.add(row.rank());
        }
      }
      RowKey.Of ranks = new RowKey.Of(schema, key);
      BlockRows rows = new BlockRows(schema, all::add);
      for (DataFile each : written) {
        try (RowIterator stored = new TableFiles(store).read(each, schema)) {
          while (stored.hasNext()) {
            Object[] row = stored.next();
            long rank = ranks.rank(row);
            // Rows with one upper half of a rank were judged together, or handed on together.
            if (!inBlocks.contains(RowBlock.upper(rank))) {
              rows.add(row, rank);
            }
          }
        }
      }
      rows.finish();
    }
    return all;
  }

  private List<RowBlock> blocks(TableStore store) {
    try (InputStream in =
        file.isEmpty()
            ? new ByteArrayInputStream(encoded)
            : new BufferedInputStream(store.input(LogPath.encode(file)).newStream(), BUFFER)) {
      DataInputStream data = new DataInputStream(in);
      List<RowBlock> read = new ArrayList<>(blocks);
      for (int i = 0; i < blocks; i++) {
        read.add(CODER.decode(data));
      }
      return read;
    } catch (IOException e) {
      throw DeltaErrors.cannotRead(store.address(LogPath.encode(file)), e);
    }
  }

  /** Deletes the file, if there is one; nothing depends on it any more. */
  void delete(TableStore store) {
    if (!file.isEmpty()) {
      try {
        store.delete(file);
      } catch (RuntimeException e) {
        LOG.warn("{}: rows in waiting were not deleted; vacuum will", store.location(), e);
      }
    }
  }
}
