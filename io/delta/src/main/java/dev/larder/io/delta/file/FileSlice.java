package dev.larder.io.delta.file;

import dev.larder.io.delta.log.DataFile;
import java.io.Serializable;

/**
 * A part of a file: the row groups whose middle lies in a range of its bytes. Slices that cover a
 * file without overlap hold each of its rows once.
 *
 * @param start first byte
 * @param end behind the last byte
 */
public record FileSlice(DataFile file, long start, long end) implements Serializable {

  /** The whole file, whatever the log says of its size. */
  public static FileSlice whole(DataFile file) {
    return new FileSlice(file, 0, Long.MAX_VALUE);
  }
}
