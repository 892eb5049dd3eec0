package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.TableId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The changes that a full read of tables means: rows that are new, rows that are others than they
 * were, with what they were, and rows that are gone.
 *
 * <p><b>Input / Output</b>: rows of the read (READ), and all rows and changes that earlier reads
 * have left in bronze; bounded, in the global window. Out come a CREATE of each new row, an UPDATE
 * of each changed one (two where it leaves a key of the vault, see {@link ReadChange}) and a DELETE
 * of each that is gone, where the table's {@link ComparedTable} says so. Where unchanged rows are
 * loaded, they and new ones come as they were read.
 *
 * <p><b>Cost</b>: both inputs are read twice. Of every row 32 bytes cross a shuffle, in blocks; of
 * a part of all keys some 100 bytes for a key are held in memory at a time. The keys of rows that
 * are not as they were are held by every worker as a side input, 16 bytes each; these rows cross a
 * second shuffle.
 */
public final class CompareReads extends PTransform<PBegin, PCollection<ChangeRecord>> {
  private static final long serialVersionUID = 1L;

  private static final KvCoder<Integer, byte[]> MARKS =
      KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());
  private static final KvCoder<Integer, List<ChangeRecord>> ROWS =
      KvCoder.of(VarIntCoder.of(), ListCoder.of(ChangeRecordCoder.of()));

  private final transient Reads before;
  private final transient Reads now;
  private final TreeMap<TableId, ComparedTable> tables;
  private final ChangeKeys keys;
  private final int parts;

  /** Reads the same changes as often as it is asked to. */
  public interface Reads {

    /**
     * @param name of the step, another one each time
     */
    PCollection<ChangeRecord> read(String name);
  }

  private CompareReads(
      Reads before, Reads now, TreeMap<TableId, ComparedTable> tables, ChangeKeys keys, int parts) {
    this.before = before;
    this.now = now;
    this.tables = tables;
    this.keys = keys;
    this.parts = parts;
  }

  /**
   * @param tables that are compared; rows of others are left alone
   * @param keys what has a history of its own
   * @param parts into how many parts all keys are divided, each of which must fit into memory
   */
  public static CompareReads of(
      Reads before, Reads now, Map<TableId, ComparedTable> tables, ChangeKeys keys, int parts) {
    return new CompareReads(before, now, new TreeMap<>(tables), keys, parts);
  }

  @Override
  public PCollection<ChangeRecord> expand(PBegin begin) {
    PCollectionView<Iterable<byte[]>> found =
        PCollectionList.of(marks("Before", before))
            .and(marks("Now", now))
            .apply("Marks of both", Flatten.pCollections())
            .apply("Bring keys together", GroupByKey.create())
            .apply("Find what is not as it was", ParDo.of(new CompareFns.FindFn()))
            .setCoder(ByteArrayCoder.of())
            .apply("Share what is not", View.asIterable());
    return PCollectionList.of(rows("Rows before", before, found))
        .and(rows("Rows now", now, found))
        .apply("Rows of both", Flatten.pCollections())
        .apply("Bring rows of a key together", GroupByKey.create())
        .apply("Say what changed", ParDo.of(new CompareFns.ChangesFn(tables, keys, parts)))
        .setCoder(ChangeRecordCoder.of());
  }

  private PCollection<KV<Integer, byte[]>> marks(String name, Reads reads) {
    return reads
        .read(name)
        .apply("Mark: " + name, ParDo.of(new CompareFns.MarkFn(tables, parts)))
        .setCoder(MARKS);
  }

  private PCollection<KV<Integer, List<ChangeRecord>>> rows(
      String name, Reads reads, PCollectionView<Iterable<byte[]>> found) {
    return reads
        .read(name)
        .apply(
            "Take: " + name,
            ParDo.of(new CompareFns.TakeFn(tables, parts, found)).withSideInputs(found))
        .setCoder(ROWS);
  }
}
