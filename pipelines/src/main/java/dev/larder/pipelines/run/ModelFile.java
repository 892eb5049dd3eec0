package dev.larder.pipelines.run;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.transforms.model.BusinessSatellite;
import dev.larder.transforms.model.Mart;
import dev.larder.transforms.model.ValidationReport;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The model's file and the files that it names. */
public final class ModelFile {
  private final Path path;

  private ModelFile(Path path) {
    this.path = path;
  }

  public static ModelFile at(String path) {
    return new ModelFile(Path.of(path));
  }

  /**
   * @throws UserException if the file cannot be read or has mistakes, with all of them
   */
  public VaultModel model() {
    return VaultModelReader.read(name(), text(path, "--model"), this::included);
  }

  /** All mistakes in the model's files alone. */
  public ValidationReport validate() {
    return VaultModelReader.validate(name(), text(path, "--model"), this::included);
  }

  /** All mistakes, also in how the model fits the tables that are there. */
  public ValidationReport validate(Map<TableId, TableSchema> catalogue) {
    return VaultModelReader.validate(name(), text(path, "--model"), this::included, catalogue);
  }

  /** The SQL of a mart, without a semicolon at its end. */
  public String sql(Mart mart) {
    return sql(mart.sql(), "marts." + mart.name());
  }

  /** The SQL of a business satellite, without a semicolon at its end. */
  public String sql(BusinessSatellite satellite) {
    return sql(satellite.sql(), "business." + satellite.name());
  }

  private String sql(String relative, String where) {
    Path file = path.toAbsolutePath().resolveSibling(relative);
    String sql = text(file, name() + " " + where + ".sql").strip();
    return sql.endsWith(";") ? sql.substring(0, sql.length() - 1) : sql;
  }

  /** The text of a file that the model includes, by its path from the model's file. */
  private Optional<String> included(String relative) {
    Path file = path.toAbsolutePath().resolveSibling(relative);
    return Files.isReadable(file) && !Files.isDirectory(file)
        ? Optional.of(text(file, name() + " include"))
        : Optional.empty();
  }

  private String name() {
    return path.getFileName().toString();
  }

  private static String text(Path file, String where) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UserException(
          where + ": the file " + file + " cannot be read (" + e + "). Give the path of a file.",
          e);
    }
  }
}
