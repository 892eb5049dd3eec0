package dev.larder.io.delta.file;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.filter.Condition;
import dev.larder.io.delta.filter.Conditions;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.store.TableStore;
import dev.larder.io.delta.store.TableStores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class RowGroupsTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(Column.nullable("hk", ColumnType.BINARY), Column.nullable("id", ColumnType.INT));
  private static final int ROWS = 60_000;

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  private TableStore store;

  @Before
  public void store() {
    store = TableStores.at(folder.getRoot().toString());
  }

  /** In the order of a key that looks like a hash. */
  private static List<Object[]> sorted() {
    List<Object[]> rows = new ArrayList<>(ROWS);
    for (int i = 0; i < ROWS; i++) {
      rows.add(new Object[] {key(i), (long) (i * 31 % ROWS)});
    }
    return rows;
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(32).putInt(number * 70_000).putInt(28, number).array();
  }

  /** A file of many row groups. */
  private DataFile small() throws IOException {
    try (ParquetOutput out =
        new ParquetOutput(store.create("small.parquet"), "t", SCHEMA, 1 << 18, 20_000)) {
      for (Object[] row : sorted()) {
        out.write(row);
      }
    }
    long size = store.stat("small.parquet").orElseThrow().size();
    return new DataFile("small.parquet", size, 0, null, null);
  }

  private long count(FileSlice slice, Filter filter, ScanCounts counts) {
    Condition condition = Conditions.of("t", SCHEMA, filter);
    long count = 0;
    try (RowIterator rows = new TableFiles(store).rows(List.of(slice), SCHEMA, condition, counts)) {
      while (rows.hasNext()) {
        rows.next();
        count++;
      }
    }
    return count;
  }

  @Test
  public void ofSortedKeysOnlyThePageIsReadThatMayHoldTheWantedOne() {
    DataFile file = new TableFiles(store).write(SCHEMA, 0, sorted().iterator()).get(0);
    ScanCounts all = new ScanCounts();
    ScanCounts one = new ScanCounts();

    assertThat(count(FileSlice.whole(file), Filter.everything(), all), is((long) ROWS));
    assertThat(count(FileSlice.whole(file), Filter.equalTo("hk", key(33_333)), one), is(1L));

    assertThat(all.bytesRead(), greaterThan(file.size() * 9 / 10));
    assertThat(one.bytesRead(), lessThan(all.bytesRead() / 2));
  }

  @Test
  public void aKeyBetweenThePagesReadsNone() {
    DataFile file = new TableFiles(store).write(SCHEMA, 0, sorted().iterator()).get(0);
    ScanCounts counts = new ScanCounts();
    byte[] betweenPages = key(19_999);
    betweenPages[31]++;

    assertThat(count(FileSlice.whole(file), Filter.equalTo("hk", betweenPages), counts), is(0L));

    assertThat(counts.rowGroupsRead(), is(0L));
    assertThat(counts.rowGroupsPruned(), is(1L));
  }

  @Test
  public void aFilesRowGroupsAreSharedByItsSlices() throws IOException {
    DataFile file = small();
    long middle = file.size() / 2;
    ScanCounts first = new ScanCounts();
    ScanCounts second = new ScanCounts();

    long rows = count(new FileSlice(file, 0, middle), Filter.everything(), first);
    rows += count(new FileSlice(file, middle, Long.MAX_VALUE), Filter.everything(), second);

    assertThat(rows, is((long) ROWS));
    assertThat(first.rowGroupsRead(), greaterThan(1L));
    assertThat(second.rowGroupsRead(), greaterThan(1L));
  }

  @Test
  public void rowGroupsOfSortedKeysAreLeftOutByTheirStatistics() throws IOException {
    DataFile file = small();
    ScanCounts counts = new ScanCounts();

    assertThat(count(FileSlice.whole(file), Filter.equalTo("hk", key(7)), counts), is(1L));

    assertThat(counts.rowGroupsRead(), is(1L));
    assertThat(counts.rowGroupsPruned(), greaterThan(3L));
  }
}
