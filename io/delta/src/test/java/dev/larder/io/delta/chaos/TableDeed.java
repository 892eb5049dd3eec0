package dev.larder.io.delta.chaos;

/**
 * Something that is done to a table.
 *
 * @param choice what it is done with
 */
record TableDeed(Kind kind, int choice) {
  enum Kind {
    LOAD,
    LOAD_TWICE,
    LOAD_AGAINST_FOREIGN_APPEND,
    LOAD_AGAINST_FOREIGN_COMPACTION,
    LOAD_AGAINST_FOREIGN_DELETE,
    LOAD_AGAINST_LOAD,
    APPEND,
    FOREIGN_APPEND,
    FOREIGN_COMPACTION,
    FOREIGN_DELETE,
    OPTIMIZE,
    CLUSTER,
    CHECKPOINT,
    RESTORE,
    VACUUM,
    CLEAN_UP,
    REOPEN
  }
}
