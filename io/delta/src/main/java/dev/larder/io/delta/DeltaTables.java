package dev.larder.io.delta;

import dev.larder.io.changes.TableSpec;
import dev.larder.io.delta.error.DeltaErrors;
import dev.larder.io.delta.log.DeltaLogs;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The tables of a lake. */
public final class DeltaTables {
  private static final String LOG = "_delta_log";

  private DeltaTables() {}

  /** {@link DeltaTable#create} for one table. */
  public static DeltaTable create(String lake, TableSpec spec) {
    return DeltaTable.create(lake, spec);
  }

  /** {@link DeltaTable#create} for every table. */
  public static void create(String lake, Collection<TableSpec> specs) {
    specs.forEach(spec -> DeltaTable.create(lake, spec));
  }

  /**
   * The names of all tables of a lake, sorted: {@code vault/hub_order}. Empty if there is no lake.
   *
   * @param lake path or {@code file:} URI
   */
  public static List<String> names(String lake) {
    Path root = DeltaLogs.directory(lake);
    List<String> names = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      return names;
    }
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes any) {
              if (!Files.isDirectory(directory.resolve(LOG))) {
                return FileVisitResult.CONTINUE;
              }
              names.add(root.relativize(directory).toString().replace('\\', '/'));
              return FileVisitResult.SKIP_SUBTREE;
            }
          });
    } catch (IOException e) {
      throw DeltaErrors.cannotOpen(root.toString(), e);
    }
    Collections.sort(names);
    return names;
  }
}
