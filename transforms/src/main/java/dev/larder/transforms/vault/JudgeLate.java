package dev.larder.transforms.vault;

import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableRowCoder;
import dev.larder.transforms.vault.LateRows.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Keeps late rows out of the satellites whose policy says so ({@link LateRows} tells which they
 * are): the letter that came with each takes its place.
 *
 * <p><b>Input / Output</b>: rows of these satellites with their letters; bounded, in the global
 * window. Out come the rows that are in time, and the letters of the others.
 *
 * <p><b>Cost</b>: the rows cross a shuffle. Key, order and hash diffs of each of these satellites
 * are read; those of keys that came cross it too. The keys of the load are held by every worker as
 * a side input.
 */
final class JudgeLate
    extends PTransform<PCollection<KV<TableRow, TableRow>>, PCollection<TableRow>> {
  private static final long serialVersionUID = 1L;

  /** A group for each key would be a bundle for each key on DirectRunner: 60 keys a second. */
  private static final int SHARDS = 16;

  static final KvCoder<TableRow, TableRow> CANDIDATES =
      KvCoder.of(TableRowCoder.of(), NullableCoder.of(TableRowCoder.of()));

  /** Rows are late behind others of the same load only. */
  static final LatePolicies NOTHING_STORED =
      LatePolicies.of(
          (pipeline, table, columns) ->
              pipeline.apply("Nothing stored: " + table, Create.empty(TableRowCoder.of())),
          Set.of());

  private final VaultTables tables;
  private final transient LoadVault.Stored stored;

  private JudgeLate(VaultTables tables, LoadVault.Stored stored) {
    this.tables = tables;
    this.stored = stored;
  }

  /** The output that rows to be judged go to, if there may be any. */
  static TupleTagList candidates(VaultTables tables) {
    return tables.judged().isEmpty() ? TupleTagList.empty() : TupleTagList.of(LoadVault.CANDIDATES);
  }

  /** All rows that were staged but late ones, which have letters in their stead. */
  static PCollection<TableRow> judged(
      VaultTables tables, LatePolicies late, PCollectionTuple staged) {
    PCollection<TableRow> rows = staged.get(LoadVault.ROWS).setCoder(TableRowCoder.of());
    if (tables.judged().isEmpty()) {
      return rows;
    }
    PCollection<KV<TableRow, TableRow>> candidates =
        staged.get(LoadVault.CANDIDATES).setCoder(CANDIDATES);
    return PCollectionList.of(rows)
        .and(candidates.apply("Judge late rows", new JudgeLate(tables, late.stored())))
        .apply("Rows that are loaded", Flatten.pCollections());
  }

  @Override
  public PCollection<TableRow> expand(PCollection<KV<TableRow, TableRow>> candidates) {
    Map<String, LateColumns> columns = new HashMap<>();
    tables
        .judged()
        .forEach(name -> columns.put(name, new LateColumns(tables.table(name).spec().rule())));
    HashMap<String, LateColumns> shared = new HashMap<>(columns);
    PCollectionView<Iterable<Integer>> touched =
        candidates
            .apply(
                "Hash their keys",
                MapElements.into(TypeDescriptors.integers())
                    .via(
                        candidate ->
                            isEndOfAll(candidate.getKey())
                                ? 0
                                : key(shared, candidate.getKey()).hashCode()))
            .apply("Share their keys", View.asIterable());
    PCollectionList<KV<Integer, KV<TableRow, TableRow>>> all =
        PCollectionList.of(
            candidates
                .apply("Key rows", ParDo.of(new ShardFn(shared)))
                .setCoder(KvCoder.of(VarIntCoder.of(), CANDIDATES)));
    for (String name : tables.judged()) {
      all =
          all.and(
              stored
                  .read(candidates.getPipeline(), name, columns.get(name).stored())
                  .apply(
                      "Stored of those keys: " + name,
                      ParDo.of(new StoredFn(shared, touched)).withSideInputs(touched))
                  .setCoder(KvCoder.of(VarIntCoder.of(), CANDIDATES)));
    }
    return all.apply("Came and stored", Flatten.pCollections())
        .apply("Bring rows of a key together", GroupByKey.create())
        .apply("Keep late rows out", ParDo.of(new JudgeFn(tables, shared)))
        .setCoder(TableRowCoder.of());
  }

  /** It has no key: it goes to every part of all keys, and on from the first. */
  private static boolean isEndOfAll(TableRow row) {
    return row.change() == TableRow.Change.DELETE_ALL;
  }

  private static String key(Map<String, LateColumns> columns, TableRow row) {
    return columns.get(row.table()).key(row.table(), row.schema(), row.values());
  }

  static final class ShardFn
      extends DoFn<KV<TableRow, TableRow>, KV<Integer, KV<TableRow, TableRow>>> {
    private static final long serialVersionUID = 1L;
    private final HashMap<String, LateColumns> columns;

    ShardFn(HashMap<String, LateColumns> columns) {
      this.columns = columns;
    }

    @ProcessElement
    public void process(
        @Element KV<TableRow, TableRow> candidate,
        OutputReceiver<KV<Integer, KV<TableRow, TableRow>>> out) {
      if (isEndOfAll(candidate.getKey())) {
        for (int shard = 0; shard < SHARDS; shard++) {
          out.output(KV.of(shard, candidate));
        }
        return;
      }
      int hash = key(columns, candidate.getKey()).hashCode();
      out.output(KV.of(Math.floorMod(hash, SHARDS), candidate));
    }
  }

  /** Looks at the side input once a bundle: DirectRunner builds it anew at every look. */
  static final class StoredFn extends DoFn<TableRow, KV<Integer, KV<TableRow, TableRow>>> {
    private static final long serialVersionUID = 1L;
    private final HashMap<String, LateColumns> columns;
    private final PCollectionView<Iterable<Integer>> view;
    private transient Set<Integer> touched;

    StoredFn(HashMap<String, LateColumns> columns, PCollectionView<Iterable<Integer>> view) {
      this.columns = columns;
      this.view = view;
    }

    @StartBundle
    public void start() {
      touched = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (touched == null) {
        touched = new HashSet<>();
        context.sideInput(view).forEach(touched::add);
      }
      int hash = key(columns, context.element()).hashCode();
      if (touched.contains(hash)) {
        context.output(KV.of(Math.floorMod(hash, SHARDS), KV.of(context.element(), null)));
      }
    }
  }

  static final class JudgeFn extends DoFn<KV<Integer, Iterable<KV<TableRow, TableRow>>>, TableRow> {
    private static final long serialVersionUID = 1L;
    private final VaultTables tables;
    private final HashMap<String, LateColumns> columns;
    private final Counter late = Metrics.counter(LoadVault.class, MetricNames.ROWS_LATE);

    JudgeFn(VaultTables tables, HashMap<String, LateColumns> columns) {
      this.tables = tables;
      this.columns = columns;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<KV<TableRow, TableRow>>> shard,
        OutputReceiver<TableRow> out) {
      Map<String, LateRows> keys = new HashMap<>();
      Map<String, String> tableOf = new HashMap<>();
      List<Candidate> ends = new ArrayList<>();
      for (KV<TableRow, TableRow> each : shard.getValue()) {
        TableRow row = each.getKey();
        if (isEndOfAll(row)) {
          ends.add(new Candidate(row, each.getValue()));
          continue;
        }
        String key = key(columns, row);
        tableOf.put(key, row.table());
        LateRows rows =
            keys.computeIfAbsent(key, any -> new LateRows(tables.table(row.table()).spec().rule()));
        if (each.getValue() == null) {
          rows.stored(row.schema(), row.values());
        } else {
          rows.came(new Candidate(row, each.getValue()));
        }
      }
      for (Candidate end : ends) {
        keys.forEach(
            (key, rows) -> {
              if (tableOf.get(key).equals(end.row().table())) {
                rows.came(end);
              }
            });
        if (shard.getKey() == 0) {
          out.output(end.row());
        }
      }
      for (LateRows rows : keys.values()) {
        rows.judge(
            out::output,
            (row, letter) -> {
              late.inc();
              out.output(letter);
            });
      }
    }
  }
}
