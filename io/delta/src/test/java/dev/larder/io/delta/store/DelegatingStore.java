package dev.larder.io.delta.store;

import io.delta.storage.LogStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.OutputFile;

/** A store that does what another does; tests override what shall go wrong. */
public class DelegatingStore implements TableStore {
  private final TableStore store;

  public DelegatingStore(TableStore store) {
    this.store = store;
  }

  @Override
  public String location() {
    return store.location();
  }

  @Override
  public URI uri() {
    return store.uri();
  }

  @Override
  public String name(String logPath) {
    return store.name(logPath);
  }

  @Override
  public String address(String logPath) {
    return store.address(logPath);
  }

  @Override
  public InputFile input(String logPath) {
    return store.input(logPath);
  }

  @Override
  public OutputFile create(String name) {
    return store.create(name);
  }

  @Override
  public Optional<StoredFile> stat(String name) {
    return store.stat(name);
  }

  @Override
  public List<StoredFile> list(String folder) {
    return store.list(folder);
  }

  @Override
  public void delete(String name) {
    store.delete(name);
  }

  @Override
  public LogStore logStore() {
    return store.logStore();
  }

  @Override
  public Configuration hadoop() {
    return store.hadoop();
  }

  @Override
  public Optional<Object> identity() {
    return store.identity();
  }
}
