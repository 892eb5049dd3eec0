package dev.larder.io.delta.store;

import dev.larder.io.delta.error.StoreErrors;
import java.io.FileNotFoundException;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stores of tables by the place of their lake.
 *
 * <table>
 *   <caption>Places</caption>
 *   <tr><th>lake<th>store<th>how a version is won
 *   <tr><td>a path, {@code file:} URI<td>local files, forced to disk<td>a hard link, which fails if
 *       the name exists
 *   <tr><td>{@code s3a://BUCKET/PATH} ({@code s3:} is taken as {@code s3a:})<td>Hadoop's S3A; its
 *       settings are those of {@code fs.s3a.*}<td>one PUT with {@code If-None-Match: *}
 *   <tr><td>{@code abfss://CONTAINER@ACCOUNT.dfs.core.windows.net/PATH}, {@code abfs:}<td>Hadoop's
 *       ABFS, if hadoop-azure is on the class path; <b>never tried with Larder</b><td>a rename that
 *       fails if the name exists
 * </table>
 *
 * <p>A URI for S3A or ABFS is taken as it stands, as Spark and Hadoop take it: {@code %20} is not a
 * space. A {@code file:} URI is decoded.
 */
public final class TableStores {
  private static final Pattern URI_LIKE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");

  private TableStores() {}

  /**
   * @param lake path or URI
   * @param table its path below the lake: {@code vault/hub_order}
   * @throws dev.larder.io.changes.UserException for an unknown scheme, or a URI with credentials
   */
  public static TableStore of(String lake, String table) {
    return isLocal(lake)
        ? new LocalStore(local(lake).resolve(table))
        : HadoopStore.of(lake).below(table);
  }

  /**
   * @param location a table's own path or URI
   * @throws dev.larder.io.changes.UserException for an unknown scheme, or a URI with credentials
   */
  public static TableStore at(String location) {
    return isLocal(location) ? new LocalStore(local(location)) : HadoopStore.of(location);
  }

  /**
   * The names of all tables of a lake, sorted. Empty if there is no lake.
   *
   * <p><b>Cost</b>: a listing for each folder that is not in a table.
   *
   * @param lake path or URI
   */
  public static List<String> tables(String lake) {
    return isLocal(lake) ? LocalStore.tables(local(lake)) : HadoopStore.of(lake).tables();
  }

  /** Deletes all that lies in a table's folder. */
  public static void drop(String lake, String table) {
    TableStore store = of(lake, table);
    store.list("").forEach(file -> store.delete(file.name()));
    if (isLocal(lake)) {
      LocalStore.deleteFolders(local(lake).resolve(table));
    }
  }

  private static boolean isLocal(String place) {
    return switch (scheme(place)) {
      case "", "file" -> true;
      case "s3a", "s3", "abfs", "abfss" -> false;
      default -> throw StoreErrors.unknownScheme(place);
    };
  }

  /** In lower case; empty for a path. */
  static String scheme(String place) {
    Matcher uri = URI_LIKE.matcher(place);
    return uri.matches() ? uri.group(1).toLowerCase(Locale.ROOT) : "";
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
    Path path = scheme(place).isEmpty() ? Path.of(place) : Path.of(URI.create(place).getPath());
    return path.toAbsolutePath().normalize();
  }
}
