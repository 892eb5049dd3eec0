package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.filter.Conditions;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.filter.KleeneLogic;
import dev.larder.io.delta.filter.RandomTables;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class PrunedReadingPropertyTest {
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("pruned");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted((left, right) -> right.compareTo(left)).forEach(path -> path.toFile().delete());
    }
  }

  @Property(tries = 60)
  void rowGroupsAreLeftOutOnlyIfNoRowOfThemPasses(@ForAll long seed) throws IOException {
    compare(new Random(seed), 4, 120, 1 << 10, 20_000);
  }

  @Property(tries = 6)
  void pagesAreLeftOutOnlyIfNoRowOfThemPasses(@ForAll long seed) throws IOException {
    compare(new Random(seed), 30, 700, 128 << 20, 300);
  }

  /** Slices of a file, cut anywhere, against all its rows, each judged word by word. */
  private static void compare(Random random, int chunks, int rows, int rowGroup, int page)
      throws IOException {
    RowSchema schema = RandomTables.schema(random);
    List<Object[]> all = new ArrayList<>();
    for (int i = 0; i < chunks; i++) {
      all.addAll(RandomTables.rows(random, schema, rows));
    }
    DataFile file = write(schema, all, rowGroup, page);
    for (int i = 0; i < 5; i++) {
      Filter filter = RandomTables.filter(random, schema, 2);
      Condition condition = Conditions.of("t", schema, filter);
      List<Object[]> expected = new ArrayList<>(all);
      expected.removeIf(row -> !KleeneLogic.isTrue(filter, schema, row));

      long cut = (long) (random.nextDouble() * file.size());
      List<FileSlice> slices =
          List.of(new FileSlice(file, 0, cut), new FileSlice(file, cut, Long.MAX_VALUE));

      assertThat(
          filter.toString(), Rows.texts(read(slices, schema, condition)), is(Rows.texts(expected)));
    }
  }

  private static List<Object[]> read(
      List<FileSlice> slices, RowSchema schema, Condition condition) {
    List<Object[]> read = new ArrayList<>();
    try (RowIterator rows =
        new TableFiles(store()).rows(slices, schema, condition, new ScanCounts())) {
      rows.forEachRemaining(read::add);
    }
    return read;
  }

  private static TableStore store() {
    return TableStores.at(folder.toString());
  }

  private static DataFile write(
      RowSchema schema, List<Object[]> rows, int rowGroupBytes, int pageRows) throws IOException {
    String name = UUID.randomUUID() + ".parquet";
    try (ParquetOutput writer =
        new ParquetOutput(store().create(name), "t", schema, rowGroupBytes, pageRows)) {
      for (Object[] row : rows) {
        writer.write(row);
      }
    }
    return new DataFile(name, store().stat(name).orElseThrow().size(), 0, null, null);
  }
}
