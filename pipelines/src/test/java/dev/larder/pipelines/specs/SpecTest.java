package dev.larder.pipelines.specs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.Assume.assumeThat;

import dev.larder.io.changes.TableSchema;
import dev.larder.pipelines.mart.DuckDb;
import dev.larder.pipelines.mart.VaultViews;
import dev.larder.pipelines.verify.Verified;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hamcrest.Matcher;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;
import org.junit.runners.Parameterized.Parameters;

/** Every spec of the folder {@code specs}. */
@RunWith(Parameterized.class)
public class SpecTest {
  @ClassRule public static final TemporaryFolder FOLDER = new TemporaryFolder();

  private static final List<Spec> SPECS = specs();
  private static SpecLake lake;

  private final int number;
  private final Spec spec;

  public SpecTest(Spec spec) {
    this.spec = spec;
    this.number = SPECS.indexOf(spec);
  }

  @Parameters(name = "{0}")
  public static List<Spec> specs() {
    if (SPECS != null) {
      return SPECS;
    }
    List<Spec> specs = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("../testdata/specs"))) {
      for (Path file : files.sorted().toList()) {
        specs.addAll(SpecReader.read(file.getFileName().toString(), Files.readString(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return specs;
  }

  @BeforeClass
  public static void load() {
    lake = new SpecLake(FOLDER.getRoot().toString(), SPECS);
    lake.load();
  }

  @Test
  public void holds() {
    VaultRows vault = lake.rows(number);
    spec.expected()
        .forEach((table, rows) -> assertThat(table, seen(vault, table, rows), rows(rows)));
    List<Matcher<? super String>> reasons = new ArrayList<>();
    spec.rejected().forEach(part -> reasons.add(containsString(part)));
    assertThat(lake.reasons(number), reasons.isEmpty() ? is(empty()) : containsInAnyOrder(reasons));
  }

  /** The views of the vault are what the sources hold in the end, as {@code verify} compares. */
  @Test
  public void agreesWithItsSources() throws SQLException {
    assumeThat("the changes say what the sources hold", SourceState.isKnown(spec), is(true));
    List<String> differences = new ArrayList<>();
    try (DuckDb duck = DuckDb.open()) {
      VaultViews.create(duck, lake.folderOf(number), lake.vault(number).tables());
      for (TableSchema table : spec.last().catalogue().values()) {
        SourceState.create(duck, spec, table);
        String view = SourceState.name(table.id());
        differences.addAll(Verified.differences(duck, spec.model(), table, view));
      }
    }
    assertThat(differences, is(empty()));
  }

  private static Matcher<? super List<Map<String, String>>> rows(List<Map<String, String>> rows) {
    return rows.isEmpty() ? is(empty()) : is(sorted(rows));
  }

  /** The rows of a table with the columns that are expected. */
  private static List<Map<String, String>> seen(
      VaultRows vault, String table, List<Map<String, String>> expected) {
    List<Map<String, String>> seen = new ArrayList<>();
    for (Map<String, String> row : vault.rows(table)) {
      Map<String, String> shown = new LinkedHashMap<>();
      if (!expected.isEmpty()) {
        expected.get(0).keySet().forEach(column -> shown.put(column, cell(table, row, column)));
      }
      seen.add(shown);
    }
    return sorted(seen);
  }

  private static String cell(String table, Map<String, String> row, String column) {
    if (!row.containsKey(column)) {
      throw new IllegalArgumentException(table + " has no " + column + ": " + row.keySet());
    }
    return row.get(column);
  }

  private static List<Map<String, String>> sorted(List<Map<String, String>> rows) {
    return rows.stream().sorted(Comparator.comparing(Map::toString)).toList();
  }
}
