package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
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
 * Adds to changes that may come late the later changes of their keys, from bronze ({@link
 * LaterChanges} says which and why). Loaded together, they give the same tables as if all had come
 * in order.
 *
 * <p><b>Input / Output</b>: a batch of changes, and the changes of its tables that bronze has
 * ({@link #from}); both bounded, in the global window. Out come the batch and the changes of bronze
 * that follow it, those of the batch twice if bronze has them too: load rules take them once.
 *
 * <p><b>Guarantees</b>: whatever arrived in whatever order, each batch loaded this way: tables of
 * the latest row or of versions with ends hold the same rows as after one load in order, tables
 * that are only added to the same history once repetitions of what holds already are left out.
 *
 * <p><b>Limits</b>: a table that knows times and no sequence, as a history with ends, takes what
 * comes for later than what is stored of the same time. A change that is brought for the key of
 * another table (rows of the source that share a business key) may so undo a stored one that was
 * committed at the same microsecond behind it.
 *
 * <p><b>Cost</b>: no change is shuffled. The first place of each key of the batch crosses one
 * shuffle, in blocks; all of them are held by every worker as a side input, about 130 bytes each,
 * and so is every TRUNCATE that bronze has. The keys of the batch, and of the changes of bronze
 * behind it, are computed by the given {@link ChangeKeys}.
 *
 * <p>Source: RULES 4 (late rows need the sightings that were not stored).
 */
public final class WithLaterChanges
    extends PTransform<PCollection<ChangeRecord>, PCollection<ChangeRecord>> {
  private static final long serialVersionUID = 1L;

  /** A group for each key would be a bundle for each key on DirectRunner: 60 keys a second. */
  private static final int SHARDS = 16;

  private static final Coder<List<KV<Long, String>>> MARKS =
      ListCoder.of(KvCoder.of(VarLongCoder.of(), StringUtf8Coder.of()));

  private final transient PCollection<ChangeRecord> bronze;
  private final ChangeKeys keys;

  private WithLaterChanges(PCollection<ChangeRecord> bronze, ChangeKeys keys) {
    this.bronze = bronze;
    this.keys = keys;
  }

  /**
   * @param bronze changes of all tables of the batch, complete behind its first one
   * @param keys what has a history of its own: {@link ChangeKeys#ofSource}, or as the tables that
   *     are loaded know it
   */
  public static WithLaterChanges from(PCollection<ChangeRecord> bronze, ChangeKeys keys) {
    return new WithLaterChanges(bronze, keys);
  }

  @Override
  public PCollection<ChangeRecord> expand(PCollection<ChangeRecord> batch) {
    PCollectionView<Iterable<List<KV<Long, String>>>> touched =
        batch
            .apply("Find touched keys", ParDo.of(new TouchedKeysFn(keys)))
            .setCoder(KvCoder.of(VarIntCoder.of(), MARKS))
            .apply("Bring touched keys together", GroupByKey.create())
            .apply("Find the first place of each key", ParDo.of(new FirstPlacesFn(keys)))
            .setCoder(MARKS)
            .apply("Share the first places", View.asIterable());
    PCollectionView<Iterable<ChangeRecord>> truncates =
        bronze
            .apply("Find truncates", Filter.by(change -> change.operation() == Operation.TRUNCATE))
            .apply("Share truncates", View.asIterable());
    PCollection<ChangeRecord> later =
        bronze
            .apply(
                "Keep what follows them",
                ParDo.of(new LaterChangesFn(keys, touched, truncates))
                    .withSideInputs(touched, truncates))
            .setCoder(ChangeRecordCoder.of());
    return PCollectionList.of(batch).and(later).apply("Join both", Flatten.pCollections());
  }

  /** Marks the keys of a bundle. */
  static final class TouchedKeysFn extends DoFn<ChangeRecord, KV<Integer, List<KV<Long, String>>>> {
    private static final long serialVersionUID = 1L;
    private static final int MAX_KEPT = 50_000;

    private final ChangeKeys keys;
    private transient LaterChanges touched;

    TouchedKeysFn(ChangeKeys keys) {
      this.keys = keys;
    }

    @StartBundle
    public void start() {
      touched = new LaterChanges(keys);
    }

    @ProcessElement
    public void process(
        @Element ChangeRecord change, OutputReceiver<KV<Integer, List<KV<Long, String>>>> out) {
      touched.touch(change);
      if (touched.size() >= MAX_KEPT) {
        blocks().forEach((shard, block) -> out.output(KV.of(shard, block)));
        touched = new LaterChanges(keys);
      }
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      blocks()
          .forEach(
              (shard, block) ->
                  context.output(
                      KV.of(shard, block),
                      GlobalWindow.INSTANCE.maxTimestamp(),
                      GlobalWindow.INSTANCE));
      touched = null;
    }

    private Map<Integer, List<KV<Long, String>>> blocks() {
      Map<Integer, List<KV<Long, String>>> blocks = new HashMap<>();
      touched.marks(
          (mark, place) ->
              blocks
                  .computeIfAbsent(
                      Math.floorMod(Long.hashCode(mark), SHARDS), shard -> new ArrayList<>())
                  .add(KV.of(mark, place)));
      return blocks;
    }
  }

  /** The first places of a shard. */
  static final class FirstPlacesFn
      extends DoFn<KV<Integer, Iterable<List<KV<Long, String>>>>, List<KV<Long, String>>> {
    private static final long serialVersionUID = 1L;
    private final ChangeKeys keys;

    FirstPlacesFn(ChangeKeys keys) {
      this.keys = keys;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<List<KV<Long, String>>>> shard,
        OutputReceiver<List<KV<Long, String>>> out) {
      List<KV<Long, String>> first = new ArrayList<>();
      read(keys, shard.getValue()).marks((mark, place) -> first.add(KV.of(mark, place)));
      out.output(first);
    }
  }

  private static LaterChanges read(ChangeKeys keys, Iterable<List<KV<Long, String>>> blocks) {
    LaterChanges touched = new LaterChanges(keys);
    for (List<KV<Long, String>> block : blocks) {
      block.forEach(mark -> touched.mark(mark.getKey(), mark.getValue()));
    }
    return touched;
  }

  /** Looks at the side input once a bundle: DirectRunner builds it anew at every look. */
  static final class LaterChangesFn extends DoFn<ChangeRecord, ChangeRecord> {
    private static final long serialVersionUID = 1L;
    private final ChangeKeys keys;
    private final PCollectionView<Iterable<List<KV<Long, String>>>> view;
    private final PCollectionView<Iterable<ChangeRecord>> truncates;
    private transient LaterChanges touched;

    LaterChangesFn(
        ChangeKeys keys,
        PCollectionView<Iterable<List<KV<Long, String>>>> view,
        PCollectionView<Iterable<ChangeRecord>> truncates) {
      this.keys = keys;
      this.view = view;
      this.truncates = truncates;
    }

    @StartBundle
    public void start() {
      touched = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (touched == null) {
        touched = read(keys, context.sideInput(view));
        context.sideInput(truncates).forEach(touched::truncate);
      }
      if (touched.isLater(context.element())) {
        context.output(context.element());
      }
    }
  }
}
