package dev.larder.io.delta;

/** About how many bytes a row's values take when they are encoded. */
final class RowSize {
  private static final int FIXED = 8;

  private RowSize() {}

  static int of(Object[] row) {
    int size = 1;
    for (Object value : row) {
      if (value instanceof String text) {
        size += text.length();
      } else if (value instanceof byte[] bytes) {
        size += bytes.length;
      } else if (value instanceof Object[] fields) {
        size += of(fields);
      } else if (value != null) {
        size += FIXED;
      }
    }
    return size;
  }
}
