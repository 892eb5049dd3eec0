package dev.larder.io.delta.store;

import dev.larder.io.delta.error.DeltaErrors;
import java.io.FileNotFoundException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The stores of tables by the place of their lake: a path or {@code file:} URI. */
public final class TableStores {

  private TableStores() {}

  /**
   * @param lake path or URI
   * @param table its path below the lake: {@code vault/hub_order}
   */
  public static TableStore of(String lake, String table) {
    return new LocalStore(local(lake).resolve(table));
  }

  /**
   * @param location a table's own path or URI
   */
  public static TableStore at(String location) {
    return new LocalStore(local(location));
  }

  /**
   * The names of all tables of a lake, sorted. Empty if there is no lake.
   *
   * @param lake path or URI
   */
  public static List<String> tables(String lake) {
    return LocalStore.tables(local(lake));
  }

  /** Whether what was thrown means that a file is not there, of whatever store. */
  public static boolean isMissing(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException) {
        return true;
      }
    }
    return false;
  }

  private static Path local(String place) {
    if (place.toLowerCase(Locale.ROOT).startsWith("file:")) {
      return Path.of(URI.create(place).getPath()).toAbsolutePath().normalize();
    }
    if (place.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
      throw DeltaErrors.notLocal(place);
    }
    return Path.of(place).toAbsolutePath().normalize();
  }
}
