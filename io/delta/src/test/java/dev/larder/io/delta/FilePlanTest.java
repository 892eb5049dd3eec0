package dev.larder.io.delta;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.file.FileSlice;
import dev.larder.io.delta.filter.Conditions;
import dev.larder.io.delta.filter.Filter;
import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.log.TableState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.Test;

public class FilePlanTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("day", ColumnType.DATE),
          Column.nullable("id", ColumnType.INT),
          Column.nullable("hk", ColumnType.BINARY));

  private static DataFile file(String name, long size, String stats, int bucket) {
    return new DataFile(name, size, 0, stats, DataFile.bucketTag(bucket));
  }

  private static List<DataFile> files(int count, long size) {
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(file("f" + i, size, "{\"numRecords\":1}", DataFile.ANY_BUCKET));
    }
    return files;
  }

  private static List<String> planned(
      Map<String, String> properties, Filter filter, DataFile... files) {
    TableState state =
        new TableState(3, Instant.EPOCH, SCHEMA, List.of("day"), properties, List.of(files));
    return FilePlan.files(state, Conditions.of("t", SCHEMA, filter)).stream()
        .map(DataFile::path)
        .toList();
  }

  @Test
  public void smallFilesAreReadTogether() {
    List<List<FileSlice>> splits = FilePlan.splits(files(20_000, 1_000));

    assertThat(splits, hasSize(lessThan(1_400)));
    assertThat(splits.stream().mapToInt(List::size).sum(), is(20_000));
  }

  @Test
  public void theNumberOfSplitsIsBounded() {
    List<List<FileSlice>> splits = FilePlan.splits(files(20_000, 128L << 20));

    assertThat(splits, hasSize(lessThan(2 * FilePlan.MAX_SPLITS)));
  }

  @Test
  public void aLargeFileIsCutWithoutGapsAndOverlaps() {
    List<List<FileSlice>> splits = FilePlan.splits(files(1, 1L << 30));

    assertThat(splits, hasSize(64));
    long end = 0;
    for (List<FileSlice> split : splits) {
      assertThat(split, hasSize(1));
      assertThat(split.get(0).start(), is(end));
      end = split.get(0).end();
    }
    assertThat(end, is(Long.MAX_VALUE));
  }

  @Test
  public void statisticsAreNotCarriedToTheWorkers() {
    FileSlice slice = FilePlan.splits(files(1, 10)).get(0).get(0);

    assertThat(slice.file(), is(new DataFile("f0", 10, 0, null, null)));
  }

  @Test
  public void leavesOutFilesByTheirPartition() {
    DataFile first = file("a", 1, null, -1).withPartitionValues(Map.of("day", "1970-01-02"));
    DataFile second = file("b", 1, null, -1).withPartitionValues(Map.of("day", "1970-01-03"));

    assertThat(planned(Map.of(), Filter.equalTo("day", 2), first, second), contains("b"));
    assertThat(planned(Map.of(), Filter.notEqualTo("day", 2), first, second), contains("a"));
    assertThat(planned(Map.of(), Filter.isNull("day"), first, second), hasSize(0));
  }

  @Test
  public void leavesOutFilesByTheirStatistics() {
    String low = "{\"numRecords\":2,\"minValues\":{\"id\":1},\"maxValues\":{\"id\":5}}";
    String high = "{\"numRecords\":2,\"minValues\":{\"id\":6},\"maxValues\":{\"id\":9}}";

    assertThat(
        planned(
            Map.of(),
            Filter.atMost("id", 5L),
            file("low", 1, low, -1),
            file("high", 1, high, -1),
            file("unknown", 1, null, -1)),
        contains("low", "unknown"));
  }

  @Test
  public void leavesOutFilesByTheirBucket() {
    Map<String, String> properties = Map.of(LoadPlan.KEY, "hk", LoadPlan.BUCKETS, "4");
    DataFile[] files = {
      file("b0", 1, null, 0), file("b2", 1, null, 2), file("foreign", 1, null, -1)
    };
    byte[] second = {(byte) 0x80, 1};
    Filter wanted = Filter.equalTo("hk", second);

    assertThat(planned(properties, wanted, files), contains("b2", "foreign"));
    assertThat(
        planned(properties, wanted.and(Filter.atLeast("id", 1L)), files),
        contains("b2", "foreign"));
    assertThat(
        planned(properties, wanted.or(Filter.atLeast("id", 1L)), files),
        contains("b0", "b2", "foreign"));
    assertThat(
        planned(properties, Filter.isIn("hk", List.of(second, new byte[] {0})), files),
        contains("b0", "b2", "foreign"));
    assertThat(planned(properties, Filter.not(wanted), files), contains("b0", "b2", "foreign"));
  }
}
