package dev.larder.io.delta.service;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.service.FileSet.Purpose;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Which files are written anew: sizes are in units of a target of 100. */
class FilePlanPropertyTest {
  private static final OptimizeSettings COMPACT = OptimizeSettings.DEFAULT.withTargetSize(100);
  private static final OptimizeSettings CLUSTER =
      COMPACT.withClusterBy(List.of("a", "b")).withGroupSize(1_000);
  private static final Buckets MANY = new Buckets(List.of("key"), 4);
  private static final Buckets ONE = new Buckets(List.of(), 1);

  @Provide
  Arbitrary<List<DataFile>> tables() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 300);
    Arbitrary<Integer> buckets = Arbitraries.integers().between(-1, 3);
    Arbitrary<String> partitions = Arbitraries.of("x", "y");
    Arbitrary<Integer> clustered = Arbitraries.integers().between(0, 4);
    return Combinators.combine(sizes, buckets, partitions, clustered)
        .as(FilePlanPropertyTest::file)
        .list()
        .ofMaxSize(40)
        .map(FilePlanPropertyTest::named);
  }

  private static DataFile file(int size, int bucket, String partition, int group) {
    Map<String, String> tags =
        group == 0
            ? DataFile.bucketTag(bucket)
            : ClusterTags.of(
                bucket, group == 4 ? COMPACT.withClusterBy(List.of("b")) : CLUSTER, "" + group);
    return new DataFile("", size, 0, null, tags).withPartitionValues(Map.of("p", partition));
  }

  private static List<DataFile> named(List<DataFile> files) {
    List<DataFile> named = new ArrayList<>();
    for (DataFile file : files) {
      named.add(
          new DataFile(
              "f" + named.size(),
              file.size(),
              named.size(),
              null,
              file.tags(),
              file.partitionValues(),
              DataFile.LIVE));
    }
    return named;
  }

  @Property
  void aFileIsInOneSetAtMostWithFilesOfItsPartitionAndBucket(
      @ForAll("tables") List<DataFile> live) {
    for (OptimizeSettings settings : List.of(COMPACT, CLUSTER)) {
      FilePlan plan = new FilePlan(settings, MANY);
      List<FileSet> sets = new ArrayList<>(plan.rewrite(live));

      Set<String> seen = new HashSet<>();
      for (FileSet set : sets) {
        assertThat(set.files().stream().map(DataFile::bucket).distinct().toList(), hasSize(1));
        assertThat(
            set.files().stream().map(DataFile::partitionValues).distinct().toList(), hasSize(1));
        set.files().forEach(file -> assertThat(seen.add(file.path()), is(true)));
      }
    }
  }

  @Property
  void smallFilesAreFoldedUpToTheTarget(@ForAll("tables") List<DataFile> live) {
    for (FileSet set : new FilePlan(COMPACT, MANY).rewrite(live)) {
      assertThat(set.purpose(), is(Purpose.COMPACT));
      assertThat(set.bytes(), is(lessThanOrEqualTo(100L)));
      assertThat(set.files().size(), is(greaterThan(1)));
    }
  }

  @Property
  void everyFileThatIsNotClusteredBecomesSoInGroupsOfBoundedSize(
      @ForAll("tables") List<DataFile> live) {
    List<FileSet> sets = new FilePlan(CLUSTER, MANY).rewrite(live);

    Set<String> rewritten =
        sets.stream()
            .flatMap(set -> set.files().stream())
            .map(DataFile::path)
            .collect(Collectors.toSet());
    for (DataFile file : live) {
      if (!"a,b".equals(file.tags().get(ClusterTags.COLUMNS))) {
        assertThat(rewritten.contains(file.path()), is(true));
      }
    }
    sets.forEach(set -> assertThat(set.bytes(), is(lessThanOrEqualTo(1_000L))));
  }

  @Property
  void whatARunHasDoneTheNextLeavesAlone(@ForAll("tables") List<DataFile> live) {
    FilePlan clustering = new FilePlan(CLUSTER, MANY);
    List<DataFile> clustered = live;
    for (int run = 0; run < 10; run++) {
      clustered = done(clustered, clustering.rewrite(clustered), run);
    }
    assertThat(clustering.rewrite(clustered), is(empty()));

    FilePlan compaction = new FilePlan(COMPACT, MANY);
    List<DataFile> compacted = live;
    for (int run = 0; run < 10; run++) {
      compacted = done(compacted, compaction.rewrite(compacted), run);
    }
    assertThat(compaction.rewrite(compacted), is(empty()));
  }

  /** The table after the sets have been written anew, as {@link SetRewrite} does. */
  private static List<DataFile> done(List<DataFile> live, List<FileSet> sets, int run) {
    List<DataFile> after = new ArrayList<>(live);
    for (FileSet set : sets) {
      after.removeAll(set.files());
      Map<String, String> tags =
          set.purpose() == Purpose.CLUSTER
              ? ClusterTags.of(set.bucket(), CLUSTER, run + set.files().get(0).path())
              : DataFile.bucketTag(set.bucket());
      after.add(
          new DataFile(
              run + set.files().get(0).path(),
              set.bytes(),
              1_000 + run,
              null,
              tags,
              set.partitionValues(),
              DataFile.LIVE));
    }
    return after;
  }

  @Property
  void rowsWithoutABucketAreSplitWhereTheTableHasBuckets(@ForAll("tables") List<DataFile> live) {
    List<String> unbucketed =
        live.stream()
            .filter(file -> file.bucket() == DataFile.ANY_BUCKET)
            .map(DataFile::path)
            .toList();

    List<String> split =
        new FilePlan(COMPACT, MANY)
            .split(live).stream().flatMap(set -> set.files().stream()).map(DataFile::path).toList();

    assertThat(split, containsInAnyOrder(unbucketed.toArray()));
    assertThat(new FilePlan(COMPACT, ONE).split(live), is(empty()));
  }

  @Example
  void smallGroupsAreJoinedByNewFilesAndLargeOnesAreNot() {
    List<DataFile> live =
        named(List.of(file(900, 0, "x", 1), file(30, 0, "x", 2), file(20, 0, "x", 0)));

    List<FileSet> sets = new FilePlan(CLUSTER, MANY).rewrite(live);

    assertThat(sets, hasSize(1));
    assertThat(
        sets.get(0).files().stream().map(DataFile::path).toList(), containsInAnyOrder("f1", "f2"));
  }

  @Example
  void groupsOfOneCommitAreBounded() {
    List<FileSet> sets = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      sets.add(
          new FileSet(Purpose.COMPACT, List.of(new DataFile("f" + i, 300L << 20, 0, null, null))));
    }

    List<FileGroup> groups = FileGroup.of("t", sets);

    assertThat(groups.stream().map(group -> group.sets().size()).toList(), is(List.of(3, 3, 3, 1)));
    assertThat(groups.stream().flatMap(group -> group.sets().stream()).toList(), is(sets));
  }
}
