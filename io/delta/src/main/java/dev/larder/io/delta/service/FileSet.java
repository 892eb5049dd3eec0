package dev.larder.io.delta.service;

import dev.larder.io.delta.log.DataFile;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Files of one partition and bucket that are written anew together.
 *
 * @param files at least one
 */
public record FileSet(Purpose purpose, List<DataFile> files) implements Serializable {

  /** What becomes of the files. */
  public enum Purpose {
    /** Rows of files that belong to no bucket are put into files of theirs. */
    SPLIT,
    /** Small files become one. */
    COMPACT,
    /** Rows are sorted along a curve. */
    CLUSTER
  }

  public FileSet {
    files = List.copyOf(files);
  }

  FileSet withFiles(List<DataFile> wanted) {
    return new FileSet(purpose, wanted);
  }

  /** The bucket that all files belong to. */
  int bucket() {
    int first = files.get(0).bucket();
    return files.stream().allMatch(file -> file.bucket() == first) ? first : DataFile.ANY_BUCKET;
  }

  Map<String, String> partitionValues() {
    return files.get(0).partitionValues();
  }

  /** One file alone is compact already. */
  boolean isWorthwhile() {
    return files.size() > (purpose == Purpose.COMPACT ? 1 : 0);
  }

  public long bytes() {
    return bytes(files);
  }

  static long bytes(List<DataFile> files) {
    return files.stream().mapToLong(DataFile::size).sum();
  }
}
