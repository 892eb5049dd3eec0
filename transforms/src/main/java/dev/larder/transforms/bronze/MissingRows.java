package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import java.io.ByteArrayOutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * The rows that an earlier full read of a table had and a later one has not: they were deleted in
 * between.
 *
 * <p><b>Input / Output</b>: the rows of the earlier read, and those of the later one ({@link #in});
 * both READ, bounded, in the global window, of tables with keys. Out comes a DELETE of each missing
 * row, with the row as the earlier read had it, at the time and place that are given for its table.
 *
 * <p><b>Cost</b>: of every row 16 bytes of a hash of its key cross one shuffle, in blocks; one part
 * of {@value #SHARDS} is held in memory at a time. The hashes of missing rows are held by every
 * worker as a side input.
 */
public final class MissingRows
    extends PTransform<PCollection<ChangeRecord>, PCollection<ChangeRecord>> {
  private static final long serialVersionUID = 1L;

  private static final int SHARDS = 64;
  private static final int HASH_BYTES = 16;
  private static final int BLOCK_BYTES = 1 << 16;
  private static final byte EARLIER = 0;
  private static final byte LATER = 1;
  private static final KvCoder<Integer, byte[]> BLOCKS =
      KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());

  private final transient PCollection<ChangeRecord> later;
  private final TreeMap<TableId, Deleted> deleted;

  /**
   * When rows were found to be gone.
   *
   * @param committedAt microseconds since the epoch, UTC
   */
  public record Deleted(Sequence sequence, long committedAt) implements Serializable {}

  private MissingRows(PCollection<ChangeRecord> later, Map<TableId, Deleted> deleted) {
    this.later = later;
    this.deleted = new TreeMap<>(deleted);
  }

  /**
   * @param later rows of the later read
   * @param deleted by table; others are left alone
   */
  public static MissingRows in(PCollection<ChangeRecord> later, Map<TableId, Deleted> deleted) {
    return new MissingRows(later, deleted);
  }

  @Override
  public PCollection<ChangeRecord> expand(PCollection<ChangeRecord> earlier) {
    PCollectionView<Iterable<byte[]>> missing =
        PCollectionList.of(hashes("earlier", earlier, EARLIER))
            .and(hashes("later", later, LATER))
            .apply("Keys of both", Flatten.pCollections())
            .apply("Bring keys together", GroupByKey.create())
            .apply("Find keys that are gone", ParDo.of(new GoneFn()))
            .setCoder(ByteArrayCoder.of())
            .apply("Share keys that are gone", View.asIterable());
    return earlier
        .apply(
            "Delete their rows", ParDo.of(new DeleteFn(deleted, missing)).withSideInputs(missing))
        .setCoder(ChangeRecordCoder.of());
  }

  private PCollection<KV<Integer, byte[]>> hashes(
      String name, PCollection<ChangeRecord> rows, byte read) {
    return rows.apply("Hash keys: " + name, ParDo.of(new HashKeysFn(deleted, read)))
        .setCoder(BLOCKS);
  }

  private static ByteBuffer hash(ChangeRecord row, MessageDigest digest) {
    byte[] hash =
        digest.digest(
            SnapshotRepair.key(row.table(), row.image()).getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.wrap(Arrays.copyOf(hash, HASH_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Blocks of key hashes; the first byte says of which read they are. */
  static final class HashKeysFn extends DoFn<ChangeRecord, KV<Integer, byte[]>> {
    private static final long serialVersionUID = 1L;
    private final TreeMap<TableId, Deleted> tables;
    private final byte read;
    private transient MessageDigest digest;
    private transient Map<Integer, ByteArrayOutputStream> blocks;

    HashKeysFn(TreeMap<TableId, Deleted> tables, byte read) {
      this.tables = tables;
      this.read = read;
    }

    @Setup
    public void setup() {
      digest = sha256();
    }

    @StartBundle
    public void start() {
      blocks = new HashMap<>();
    }

    @ProcessElement
    public void process(@Element ChangeRecord row, OutputReceiver<KV<Integer, byte[]>> out) {
      if (!tables.containsKey(row.table().id())) {
        return;
      }
      byte[] hash = hash(row, digest).array();
      int shard = Math.floorMod(hash[0], SHARDS);
      ByteArrayOutputStream block = blocks.computeIfAbsent(shard, any -> block());
      block.write(hash, 0, HASH_BYTES);
      if (block.size() >= BLOCK_BYTES) {
        out.output(KV.of(shard, block.toByteArray()));
        blocks.remove(shard);
      }
    }

    private ByteArrayOutputStream block() {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      block.write(read);
      return block;
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      blocks.forEach(
          (shard, block) ->
              context.output(
                  KV.of(shard, block.toByteArray()),
                  GlobalWindow.INSTANCE.maxTimestamp(),
                  GlobalWindow.INSTANCE));
      blocks = null;
    }
  }

  /** The keys of a shard that only the earlier read has. */
  static final class GoneFn extends DoFn<KV<Integer, Iterable<byte[]>>, byte[]> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> shard, OutputReceiver<byte[]> out) {
      Set<ByteBuffer> gone = new HashSet<>();
      for (byte[] block : shard.getValue()) {
        if (block[0] == EARLIER) {
          hashes(block, gone::add);
        }
      }
      for (byte[] block : shard.getValue()) {
        if (block[0] == LATER) {
          hashes(block, gone::remove);
        }
      }
      gone.forEach(hash -> out.output(hash.array()));
    }

    private static void hashes(byte[] block, Consumer<ByteBuffer> use) {
      for (int i = 1; i < block.length; i += HASH_BYTES) {
        use.accept(ByteBuffer.wrap(Arrays.copyOfRange(block, i, i + HASH_BYTES)));
      }
    }
  }

  /** Looks at the side input once a bundle: DirectRunner builds it anew at every look. */
  static final class DeleteFn extends DoFn<ChangeRecord, ChangeRecord> {
    private static final long serialVersionUID = 1L;
    private final TreeMap<TableId, Deleted> tables;
    private final PCollectionView<Iterable<byte[]>> view;
    private final Counter missing = Metrics.counter(MissingRows.class, MetricNames.ROWS_MISSING);
    private transient MessageDigest digest;
    private transient Set<ByteBuffer> gone;

    DeleteFn(TreeMap<TableId, Deleted> tables, PCollectionView<Iterable<byte[]>> view) {
      this.tables = tables;
      this.view = view;
    }

    @Setup
    public void setup() {
      digest = sha256();
    }

    @StartBundle
    public void start() {
      gone = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      ChangeRecord row = context.element();
      Deleted at = tables.get(row.table().id());
      if (at == null) {
        return;
      }
      if (gone == null) {
        gone = new HashSet<>();
        context.sideInput(view).forEach(hash -> gone.add(ByteBuffer.wrap(hash)));
      }
      if (!gone.isEmpty() && gone.contains(hash(row, digest))) {
        missing.inc();
        context.output(
            new ChangeRecord(
                row.table(),
                Operation.DELETE,
                row.image(),
                null,
                at.committedAt(),
                at.sequence(),
                Origin.SNAPSHOT,
                null));
      }
    }
  }
}
