package dev.larder.io.delta.file;

/** What a scan has cost so far. For one thread. */
public final class ScanCounts {
  private long rowGroupsRead;
  private long rowGroupsPruned;
  private long bytesRead;

  void readRowGroup() {
    rowGroupsRead++;
  }

  void pruneRowGroup() {
    rowGroupsPruned++;
  }

  void readBytes(long count) {
    bytesRead += count;
  }

  public long rowGroupsRead() {
    return rowGroupsRead;
  }

  /** Row groups that were passed over for their statistics or their pages'. */
  public long rowGroupsPruned() {
    return rowGroupsPruned;
  }

  /** Bytes taken from files, footers and indexes included. */
  public long bytesRead() {
    return bytesRead;
  }
}
