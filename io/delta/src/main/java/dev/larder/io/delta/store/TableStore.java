package dev.larder.io.delta.store;

import io.delta.storage.LogStore;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/**
 * Where the files of one table are: the only way from a table to its bytes. {@link TableStores}
 * makes the one that fits a lake's scheme.
 *
 * <p>Two spellings of a file are told apart. A <i>name</i> is its path below the table as it is
 * ({@code day=1 2/part-1.parquet}). A <i>log path</i> is what an action of the log holds: a URI,
 * relative to the table or absolute ({@code day=1%202/part-1.parquet}).
 *
 * <p><b>Guarantees</b>: a file made by {@link #create} is whole and durable when its stream has
 * been closed, and it replaces no other. What {@link #logStore} writes without overwriting is
 * written by exactly one of any number of writers, in any number of JVMs.
 *
 * <p><b>Errors</b>: methods that touch the store throw {@link dev.larder.io.changes.SinkException}
 * naming the file; the streams of {@link #input} and {@link #create} throw {@link
 * java.io.IOException}. Instances are safe for use by many threads, and are not serializable: a
 * worker makes its own.
 */
public interface TableStore {

  /** The log's folder below a table. */
  String LOG = "_delta_log";

  /**
   * The table's place as messages name it: an absolute path, or a URI for other than local files;
   * without a slash at its end.
   */
  String location();

  /** The table's place for Hadoop's file systems. */
  URI uri();

  /** The name of a file of the table; the whole address of one that lies elsewhere. */
  String name(String logPath);

  /** The file's absolute path (local) or URI: what another engine is given to read it. */
  String address(String logPath);

  /** A file that is there. Its {@code toString} is its address. */
  InputFile input(String logPath);

  /**
   * A file that must not be there yet, and the folders above it.
   *
   * @param name path below the table
   */
  OutputFile create(String name);

  /**
   * Opens a file that must not be there yet, and that is of use to this run alone: once closed it
   * can be read, but a power failure may take it.
   *
   * @param name path below the table
   */
  default OutputStream createPassing(String name) throws IOException {
    return create(name).create(0);
  }

  /**
   * The file's size and time; empty if it is not there.
   *
   * @param name path below the table
   */
  Optional<StoredFile> stat(String name);

  /**
   * All files in a folder and in the folders below it, in no order; none if there is no such
   * folder. Files that come and go meanwhile may be missing or not.
   *
   * @param folder path below the table; empty for the table itself, its log included
   */
  List<StoredFile> list(String folder);

  /**
   * Removes a file; does nothing if it is not there.
   *
   * @param name path below the table
   */
  void delete(String name);

  /** Writes, lists and reads the table's log; to be used with {@link #hadoop}. */
  LogStore logStore();

  /**
   * Settings under which Hadoop's file systems and delta-standalone reach the table with {@link
   * #logStore}: a copy.
   */
  Configuration hadoop();

  /**
   * What tells this table's log from one that is made later under the same name; empty if there is
   * no log or the store cannot say.
   */
  Optional<Object> identity();
}
