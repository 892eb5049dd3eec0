package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.RowIterator;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.filter.KleeneLogic;
import dev.larder.io.delta.filter.RandomTables;
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

class PrunedTablePropertyTest {
  private static Path lake;

  @BeforeContainer
  static void makeLake() throws IOException {
    lake = Files.createTempDirectory("lake");
  }

  @AfterContainer
  static void removeLake() throws IOException {
    try (var files = Files.walk(lake)) {
      files.sorted((left, right) -> right.compareTo(left)).forEach(path -> path.toFile().delete());
    }
  }

  @Property(tries = 30)
  void readsExactlyTheRowsThatPassWhateverFilesTheyAreIn(@ForAll long seed) {
    Random random = new Random(seed);
    RowSchema schema = RandomTables.schema(random);
    DeltaTable table = DeltaTable.of(lake.toString(), UUID.randomUUID().toString());
    List<Object[]> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<Object[]> rows = RandomTables.rows(random, schema, 1 + random.nextInt(5));
      table.append(schema, rows.iterator());
      all.addAll(rows);
    }

    DeltaSnapshot stored = table.latest();
    for (int i = 0; i < 20; i++) {
      Filter filter = RandomTables.filter(random, schema, 2);
      List<Object[]> expected = new ArrayList<>(all);
      expected.removeIf(row -> !KleeneLogic.isTrue(filter, schema, row));
      List<Object[]> read = new ArrayList<>();
      try (RowIterator rows = stored.rows(filter)) {
        rows.forEachRemaining(read::add);
      }
      assertThat(filter.toString(), Rows.texts(read), is(Rows.texts(expected)));
    }
  }
}
