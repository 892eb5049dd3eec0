package dev.larder.testdata.olist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Olist's vault model and mart SQL, as files for a command that takes a model's path. */
public final class OlistModel {
  private static final String MODEL = "vault.yaml";
  private static final List<String> FILES = List.of(MODEL, "marts/sales_by_category.sql");

  private OlistModel() {}

  /**
   * Writes {@code vault.yaml} and {@code marts/*.sql} into a directory, replacing what is there.
   *
   * @return the path of the written {@code vault.yaml}
   */
  public static Path writeTo(Path directory) throws IOException {
    for (String file : FILES) {
      Path target = directory.resolve(file);
      Files.createDirectories(target.getParent());
      try (InputStream bytes = OlistModel.class.getResourceAsStream(file)) {
        Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return directory.resolve(MODEL);
  }
}
