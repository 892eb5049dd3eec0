package dev.larder.transforms.bronze;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.TableId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * What a snapshot's rows must be corrected by, where changes come to be known after it was taken
 * over: each was repaired by the first change of its key that was known then ({@link
 * SnapshotRepair}), and may not have been right.
 *
 * <p><b>Input / Output</b>: the log that was known, bounded, in the global window. Out comes a
 * correction of each key of which a new change is the first: right behind P0, so that every row
 * stays and the last word on P0 is right.
 *
 * <p><b>Cost</b>: the keys of the new changes are in every worker; those that the log touched
 * before are a side input.
 */
public final class CorrectSnapshot
    extends PTransform<PCollection<ChangeRecord>, PCollection<ChangeRecord>> {
  private static final long serialVersionUID = 1L;

  private final SnapshotRepair repair;
  private final transient Map<String, ChangeRecord> first;

  private CorrectSnapshot(SnapshotRepair repair, Map<String, ChangeRecord> first) {
    this.repair = repair;
    this.first = first;
  }

  /**
   * @param changes that were not known; few enough to be in memory
   * @param windows when each table was read
   */
  public static CorrectSnapshot by(
      Collection<ChangeRecord> changes, Map<TableId, SnapshotWindow> windows) {
    SnapshotRepair repair = new SnapshotRepair(windows);
    Map<String, ChangeRecord> first = new HashMap<>();
    changes.stream()
        .filter(change -> change.operation() != Operation.TRUNCATE)
        .filter(change -> !change.table().key().isEmpty())
        .forEach(
            change ->
                repair.touched(
                    change, (key, each) -> first.merge(key, each, SnapshotRepair::first)));
    return new CorrectSnapshot(repair, first);
  }

  @Override
  public PCollection<ChangeRecord> expand(PCollection<ChangeRecord> log) {
    HashMap<String, String> places = new HashMap<>();
    List<KV<String, ChangeRecord>> corrections = new ArrayList<>();
    first.forEach(
        (key, change) -> {
          places.put(key, change.sequence().text());
          corrections.add(KV.of(key, repair.correction(key, change)));
        });
    PCollectionView<Iterable<String>> known =
        log.apply("Find keys that were touched before", ParDo.of(new KnownFn(repair, places)))
            .setCoder(StringUtf8Coder.of())
            .apply("Share these keys", View.asIterable());
    return log.getPipeline()
        .apply(
            "What the new changes say of the start",
            Create.of(corrections)
                .withCoder(KvCoder.of(StringUtf8Coder.of(), ChangeRecordCoder.of())))
        .apply("Of keys not touched before", ParDo.of(new UnknownFn(known)).withSideInputs(known))
        .setCoder(ChangeRecordCoder.of());
  }

  static final class KnownFn extends DoFn<ChangeRecord, String> {
    private static final long serialVersionUID = 1L;
    private final SnapshotRepair repair;
    private final HashMap<String, String> places;

    KnownFn(SnapshotRepair repair, HashMap<String, String> places) {
      this.repair = repair;
      this.places = places;
    }

    @ProcessElement
    public void process(@Element ChangeRecord change, OutputReceiver<String> out) {
      if (places.isEmpty() || change.operation() == Operation.TRUNCATE) {
        return;
      }
      String place = change.sequence().text();
      repair.touched(
          change,
          (key, touching) -> {
            String first = places.get(key);
            if (first != null && place.compareTo(first) < 0) {
              out.output(key);
            }
          });
    }
  }

  /** Looks at the side input once a bundle: DirectRunner builds it anew at every look. */
  static final class UnknownFn extends DoFn<KV<String, ChangeRecord>, ChangeRecord> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Iterable<String>> view;
    private transient Set<String> known;

    UnknownFn(PCollectionView<Iterable<String>> view) {
      this.view = view;
    }

    @StartBundle
    public void start() {
      known = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (known == null) {
        known = new HashSet<>();
        context.sideInput(view).forEach(known::add);
      }
      if (!known.contains(context.element().getKey())) {
        context.output(context.element().getValue());
      }
    }
  }
}
