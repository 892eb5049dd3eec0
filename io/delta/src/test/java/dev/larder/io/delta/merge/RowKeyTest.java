package dev.larder.io.delta.merge;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.FoldPolicy;
import dev.larder.io.delta.RowBlock;
import dev.larder.io.delta.RowBlockBuilder;
import dev.larder.io.delta.Rows;
import dev.larder.io.delta.TablePart;
import dev.larder.io.delta.log.DataFile;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.beam.sdk.testing.CoderProperties;
import org.junit.Test;

public class RowKeyTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Column.nullable("hk", ColumnType.BINARY),
          Column.nullable("id", ColumnType.INT),
          Column.nullable("code", ColumnType.STRING));

  private static int bucket(List<String> key, Object[] row, int buckets) {
    return new RowKey.Of(SCHEMA, key).bucket(row, buckets);
  }

  /**
   * Files are tagged with these numbers: a change would lose rows of every stored table. The second
   * list is CRC-32C (polynomial 0x82F63B78) of the texts, each followed by 1, modulo 16, computed
   * elsewhere.
   */
  @Test
  public void bucketsNeverChange() {
    List<Integer> hashes =
        IntStream.of(0, 63, 64, 127, 128, 255)
            .mapToObj(
                first -> bucket(List.of("hk"), new Object[] {new byte[] {(byte) first}, 1L, ""}, 4))
            .toList();
    List<Integer> texts =
        IntStream.range(0, 8)
            .mapToObj(id -> bucket(List.of("id", "code"), new Object[] {null, (long) id, "x"}, 16))
            .toList();

    assertThat(hashes, contains(0, 0, 1, 1, 2, 3));
    assertThat(texts, contains(3, 11, 2, 10, 0, 8, 1, 9));
    assertThat(bucket(List.of("hk"), new Object[] {null, 1L, ""}, 4), is(1));
  }

  @Test
  public void keysAreEqualByContent() {
    RowKey.Of key = new RowKey.Of(SCHEMA, List.of("hk", "code"));

    assertThat(
        key.key(new Object[] {new byte[] {1}, 1L, null}),
        equalTo(key.key(new Object[] {new byte[] {1}, 2L, null})));
  }

  @Test
  public void partsAndBlocksCrossAShuffle() throws Exception {
    CoderProperties.coderDecodeEncodeEqual(
        new TablePart.PartCoder(), new TablePart("vault/hub_order", TablePart.WHOLE));
    new TablePart.PartCoder().verifyDeterministic();
    RowBlockBuilder builder = new RowBlockBuilder(Rows.EVERY_KIND);
    builder.add(Rows.put("t", Rows.EVERY_KIND, 7, Rows.full()));
    builder.add(Rows.delete("t", Rows.EVERY_KIND, 8, Rows.absent(2)));

    RowBlock decoded =
        org.apache.beam.sdk.util.CoderUtils.clone(new RowBlock.BlockCoder(), builder.build());

    List<String> rows = new java.util.ArrayList<>();
    for (MergeRule.Incoming row : decoded) {
      rows.add(row.change() + " " + row.order() + Rows.text(row.values()));
    }
    assertThat(
        rows,
        contains(
            "PUT " + Rows.seq(7) + Rows.text(Rows.full()),
            "DELETE " + Rows.seq(8) + Rows.text(Rows.absent(2))));
    assertThat(decoded.schema(), is(Rows.EVERY_KIND));
  }

  @Test
  public void onlyFilesOfLikeSizeAreFolded() {
    List<DataFile> files =
        IntStream.of(1_000, 2_000, 3_000, 4_000, 30_000_000)
            .mapToObj(size -> new DataFile("f" + size, size, 0, null, Map.of()))
            .toList();

    assertThat(FoldPolicy.choose(files, 4), is(List.of()));
    assertThat(FoldPolicy.choose(files, 3), is(files.subList(0, 4)));
    List<DataFile> large =
        IntStream.of(1_000, 10_000_000, 11_000_000, 12_000_000)
            .mapToObj(size -> new DataFile("f" + size, size, 0, null, Map.of()))
            .toList();
    assertThat(FoldPolicy.choose(large, 2), is(large.subList(1, 4)));
  }
}
