package dev.larder.io.delta.store;

import dev.larder.io.changes.LarderException;
import dev.larder.io.delta.error.StoreErrors;
import io.delta.storage.AzureLogStore;
import io.delta.storage.LogStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.DelegatingPositionOutputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.SeekableInputStream;

/** A table below a bucket or container, by Hadoop's file system for it. */
final class HadoopStore implements TableStore {
  private final Path root;
  private final Configuration settings;

  private HadoopStore(Path root, Configuration settings) {
    this.root = root;
    this.settings = settings;
  }

  /**
   * @param place URI
   * @throws dev.larder.io.changes.UserException if it holds credentials or names no bucket
   */
  static HadoopStore of(String place) {
    String given = TableStores.scheme(place);
    String scheme = given.equals("s3") ? S3Bucket.SCHEME : given;
    String rest = place.substring(given.length() + 1);
    String authority = rest.startsWith("//") ? rest.substring(2).split("/", 2)[0] : "";
    if (authority.contains("@")
        && (scheme.equals(S3Bucket.SCHEME) || authority.indexOf(':') >= 0)) {
      throw StoreErrors.credentialsInUri(given);
    }
    if (authority.isEmpty()) {
      throw StoreErrors.noBucket(place);
    }
    Path root = new Path(scheme, authority, "/" + rest.substring(2 + authority.length()));
    return new HadoopStore(root, StoreSettings.of(scheme, authority));
  }

  HadoopStore below(String name) {
    return new HadoopStore(child(name), settings);
  }

  private Path child(String name) {
    return new Path(root, new Path(null, null, name));
  }

  @Override
  public String location() {
    String text = root.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public URI uri() {
    return root.toUri();
  }

  @Override
  public String name(String logPath) {
    String file = resolve(logPath).toString();
    String above = location() + "/";
    return file.startsWith(above) ? file.substring(above.length()) : file;
  }

  @Override
  public String address(String logPath) {
    return resolve(logPath).toString();
  }

  private Path resolve(String logPath) {
    URI uri = LogPath.decode(logPath);
    return uri.isAbsolute() ? new Path(uri) : child(uri.getPath());
  }

  @Override
  public InputFile input(String logPath) {
    Path file = resolve(logPath);
    return new InputFile() {
      private HadoopInputFile found;

      private synchronized HadoopInputFile found() throws IOException {
        if (found == null) {
          found = HadoopInputFile.fromPath(file, settings);
        }
        return found;
      }

      @Override
      public long getLength() throws IOException {
        return found().getLength();
      }

      @Override
      public SeekableInputStream newStream() throws IOException {
        return found().newStream();
      }

      @Override
      public String toString() {
        return file.toString();
      }
    };
  }

  @Override
  public OutputFile create(String name) {
    Path file = child(name);
    return new OutputFile() {
      @Override
      public PositionOutputStream create(long blockSizeHint) throws IOException {
        // Parquet's own stream asks for hflush, about which S3A warns at length.
        FSDataOutputStream out = fileSystem().create(file, false);
        return new DelegatingPositionOutputStream(out) {
          @Override
          public long getPos() {
            return out.getPos();
          }
        };
      }

      @Override
      public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return create(blockSizeHint);
      }

      @Override
      public boolean supportsBlockSize() {
        return false;
      }

      @Override
      public long defaultBlockSize() {
        return 0;
      }
    };
  }

  @Override
  public Optional<StoredFile> stat(String name) {
    try {
      FileStatus status = fileSystem().getFileStatus(child(name));
      return Optional.of(new StoredFile(name, status.getLen(), status.getModificationTime()));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw StoreErrors.cannotRead(child(name).toString(), e);
    }
  }

  @Override
  public List<StoredFile> list(String folder) {
    Path top = folder.isEmpty() ? root : child(folder);
    List<StoredFile> found = new ArrayList<>();
    try {
      FileSystem files = fileSystem();
      String above = files.makeQualified(root).toUri().getPath();
      int skip = above.endsWith("/") ? above.length() : above.length() + 1;
      RemoteIterator<LocatedFileStatus> listed = files.listFiles(top, true);
      while (listed.hasNext()) {
        FileStatus file = listed.next();
        String name = file.getPath().toUri().getPath().substring(skip);
        found.add(new StoredFile(name, file.getLen(), file.getModificationTime()));
      }
      return found;
    } catch (FileNotFoundException e) {
      return found;
    } catch (IOException e) {
      throw StoreErrors.cannotRead(top.toString(), e);
    }
  }

  @Override
  public void delete(String name) {
    try {
      fileSystem().delete(child(name), false);
    } catch (FileNotFoundException e) {
      // As wanted.
    } catch (IOException e) {
      throw StoreErrors.cannotWrite(child(name).toString(), e);
    }
  }

  /** The names of the tables below this place, sorted. */
  List<String> tables() {
    List<String> names = new ArrayList<>();
    try {
      addTables("", names);
    } catch (IOException e) {
      throw StoreErrors.cannotRead(location(), e);
    }
    Collections.sort(names);
    return names;
  }

  private void addTables(String folder, List<String> names) throws IOException {
    List<String> folders = new ArrayList<>();
    try {
      for (FileStatus entry : fileSystem().listStatus(folder.isEmpty() ? root : child(folder))) {
        if (entry.isDirectory()) {
          folders.add(entry.getPath().getName());
        }
      }
    } catch (FileNotFoundException e) {
      return;
    }
    if (folders.contains(LOG)) {
      names.add(folder);
      return;
    }
    for (String name : folders) {
      addTables(folder.isEmpty() ? name : folder + "/" + name, names);
    }
  }

  @Override
  public LogStore logStore() {
    return isS3() ? new S3ConditionalPutLogStore(settings) : new AzureLogStore(settings);
  }

  private boolean isS3() {
    return S3Bucket.SCHEME.equals(root.toUri().getScheme());
  }

  @Override
  public Configuration hadoop() {
    return new Configuration(settings);
  }

  @Override
  public Optional<Object> identity() {
    return Optional.empty();
  }

  private FileSystem fileSystem() throws IOException {
    try {
      return root.getFileSystem(settings);
    } catch (LarderException e) {
      throw e;
    } catch (UnsupportedFileSystemException e) {
      throw StoreErrors.noFileSystem(location(), artifact(), e);
    } catch (RuntimeException e) { // Hadoop wraps a missing class in one
      if (e.getCause() instanceof ClassNotFoundException absent) {
        throw StoreErrors.noFileSystem(location(), artifact(), absent);
      }
      throw e;
    }
  }

  private String artifact() {
    return isS3() ? "org.apache.hadoop:hadoop-aws" : "org.apache.hadoop:hadoop-azure";
  }

  @Override
  public String toString() {
    return location();
  }
}
