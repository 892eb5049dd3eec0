package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.filter.Conditions;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Rows found by their keys and files patched in place of rows, against all rows of a file. */
class KeyedRowsPropertyTest {
  private static final int FEW_ROWS = 200;
  private static Path folder;

  @BeforeContainer
  static void makeFolder() throws IOException {
    folder = Files.createTempDirectory("keyed");
  }

  @AfterContainer
  static void removeFolder() throws IOException {
    try (var files = Files.walk(folder)) {
      files.sorted(Collections.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }

  @Property(tries = 150)
  void everyRowOfAWantedKeyComesWithItsPlace(@ForAll long seed) throws IOException {
    Table table = new Table(new Random(seed), FEW_ROWS);
    DataFile file = table.write(1 << 12, 40);

    table.requireWanted(file, 0.1, new Condition.AllOf(List.of()));
  }

  @Property(tries = 4)
  void pagesThatAreLeftOutDoNotMoveThePlaces(@ForAll long seed) throws IOException {
    Table table = new Table(new Random(seed), 30_000);
    table.sortByKey();
    DataFile file = table.write(1L << 30, 500);
    Object wanted = table.rows.get(table.random.nextInt(table.rows.size()))[0];
    Condition one =
        Conditions.of(
            "t",
            table.schema,
            wanted == null
                ? Filter.everything()
                : Filter.isIn("k", List.of((Serializable) wanted)));
    KeyFilter keys = new KeyFilter("k");
    keys.add(wanted);

    table.requireRows(file, keys, one);
  }

  @Property(tries = 100)
  void aPatchedFileIsWhatItWouldBeWrittenAnew(@ForAll long seed) throws IOException {
    Table table = new Table(new Random(seed), FEW_ROWS);
    DataFile file = table.write(1 << 12, 40);

    table.patchSome(file);
  }

  private static TableStore store() {
    return TableStores.at(folder.toString());
  }

  /** Rows of every flat kind, behind a key of few values, so that keys repeat. */
  private static final class Table {
    private final Random random;
    private final RowSchema schema;
    private final List<Object[]> rows = new ArrayList<>();

    Table(Random random, int count) {
      this.random = random;
      ColumnType type = random.nextBoolean() ? ColumnType.BINARY : ColumnType.STRING;
      boolean nullable = random.nextInt(3) == 0;
      List<Column> columns = new ArrayList<>();
      columns.add(nullable ? Column.nullable("k", type) : Column.required("k", type));
      Rows.EVERY_KIND.columns().stream()
          .filter(column -> column.type().kind() != Kind.STRUCT)
          .forEach(columns::add);
      this.schema = RowSchema.of(columns);
      Object[] full = Rows.full();
      for (int i = 0; i < count; i++) {
        Object[] row = new Object[schema.size()];
        row[0] = nullable && random.nextInt(9) == 0 ? null : key(type);
        row[1] = (long) random.nextInt(1000);
        for (int column = 2; column < row.length; column++) {
          row[column] = random.nextInt(4) == 0 ? null : full[column - 1];
        }
        rows.add(row);
      }
    }

    private Object key(ColumnType type) {
      String text = "ключ".repeat(random.nextInt(4)) + random.nextInt(50);
      return type == ColumnType.STRING ? text : text.getBytes(StandardCharsets.UTF_8);
    }

    void sortByKey() {
      rows.sort((left, right) -> Values.compare(left[0], right[0]));
    }

    DataFile write(long rowGroupBytes, int pageRows) throws IOException {
      String name = UUID.randomUUID() + ".parquet";
      ParquetOutput out =
          new ParquetOutput(store().create(name), "t", schema, rowGroupBytes, pageRows);
      for (Object[] row : rows) {
        out.write(row);
      }
      out.close();
      return new DataFile(
          name,
          store().stat(name).orElseThrow().size(),
          0,
          out.statistics().json(StatisticsScope.DEFAULT),
          null);
    }

    void requireWanted(DataFile file, double share, Condition condition) {
      KeyFilter keys = new KeyFilter("k");
      rows.stream()
          .map(row -> row[0])
          .filter(key -> key != null && random.nextDouble() < share)
          .forEach(keys::add);
      requireRows(file, keys, condition);
    }

    void requireRows(DataFile file, KeyFilter keys, Condition condition) {
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        if (isWanted(keys, rows.get(i)[0])) {
          expected.add((keys.isEverything() ? "" : i + " ") + Rows.text(rows.get(i)));
        }
      }
      List<String> read = new ArrayList<>();
      try (PlacedRows found = new TableFiles(store()).read(file, schema, condition, keys)) {
        while (found.hasNext()) {
          Object[] row = found.next();
          read.add((keys.isEverything() ? "" : found.place() + " ") + Rows.text(row));
        }
      }
      assertThat(read, is(expected));
    }

    private static boolean isWanted(KeyFilter keys, Object key) {
      if (keys.isEverything() || key == null) {
        return keys.isEverything();
      }
      byte[] bytes =
          key instanceof byte[] binary ? binary : ((String) key).getBytes(StandardCharsets.UTF_8);
      return keys.mayWant(bytes, 0, bytes.length);
    }

    void patchSome(DataFile file) throws IOException {
      List<String> columns = List.of("id", "flag", "name");
      ColumnPatch patch = new ColumnPatch(columns, values -> Boolean.TRUE.equals(values[1]));
      for (int i = 0; i < rows.size(); i++) {
        if (random.nextInt(5) == 0) {
          Object[] values = {(long) random.nextInt(5000), random.nextBoolean(), "patched " + i};
          Object[] row = rows.get(i).clone();
          for (int column = 0; column < values.length; column++) {
            row[schema.position(columns.get(column))] = values[column];
          }
          rows.set(i, row);
          patch.put(i, values);
        }
      }
      Optional<DataFile> patched = new TableFiles(store()).patch(file, schema, patch);
      assertThat(patched.isPresent(), is(true));
      assertThat(patched.get().stats(), is(write(1 << 12, 40).stats()));
      int flag = schema.position("flag");
      long flagged = rows.stream().filter(row -> Boolean.TRUE.equals(row[flag])).count();
      assertThat(patched.get().endedRows(), is(flagged));
      KeyFilter all = new KeyFilter("k");
      all.add(null);
      requireRows(patched.get(), all, new Condition.AllOf(List.of()));
    }
  }
}
