package dev.larder.io.kafka;

import dev.larder.io.changes.LarderException;
import dev.larder.io.changes.SourceException;

/**
 * An event has a table or column that the catalogue does not. The batch has failed before anything
 * was committed: read the catalogue again and run the same ranges with it. If it fails in the same
 * way with a new catalogue, the column was dropped since; run with {@link
 * DecodeChanges.OnOutdatedCatalog#DEAD_LETTER} then.
 */
public final class CatalogOutdatedException extends LarderException {
  private static final long serialVersionUID = 1L;

  CatalogOutdatedException(String message) {
    super(message);
  }

  @Override
  public int exitCode() {
    return SourceException.EXIT_CODE;
  }

  /**
   * Whether this is why a pipeline failed. A cluster may have turned the cause into text on its way
   * to the driver; that is recognised too.
   */
  public static boolean isCauseOf(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CatalogOutdatedException
          || String.valueOf(cause.getMessage())
              .contains(CatalogOutdatedException.class.getName())) {
        return true;
      }
    }
    return false;
  }
}
