package dev.larder.io.delta.service;

import dev.larder.io.delta.log.DataFile;
import dev.larder.io.delta.service.FileSet.Purpose;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files of a table are to be written anew, and with which others. Pure.
 *
 * <p><b>Guarantees</b>: a file is in one set at most; a set's files are of one partition and
 * bucket. What a run has written is left alone by the next with the same settings, unless files
 * came that it is worth being written anew with.
 */
final class FilePlan {
  private static final long SPLIT_BYTES = 256L << 20;

  /** A group of clustered files is joined by new ones until it is half full. */
  private static final int HALF = 2;

  /** A group is written anew with others only if they are not much less. */
  private static final int RATIO = 2;

  private static final Comparator<DataFile> OLDEST_FIRST =
      Comparator.comparingLong(DataFile::modifiedAt).thenComparing(DataFile::path);

  private final OptimizeSettings settings;
  private final Buckets buckets;

  FilePlan(OptimizeSettings settings, Buckets buckets) {
    this.settings = settings;
    this.buckets = buckets;
  }

  private record Unit(Map<String, String> partition, int bucket) {}

  /** Files without a bucket, of a table whose rows have one. */
  List<FileSet> split(List<DataFile> live) {
    List<FileSet> sets = new ArrayList<>();
    if (!buckets.areMany()) {
      return sets;
    }
    units(live)
        .forEach(
            (unit, files) -> {
              if (unit.bucket == DataFile.ANY_BUCKET) {
                packed(files, SPLIT_BYTES).forEach(set -> sets.add(set(Purpose.SPLIT, set)));
              }
            });
    return sets;
  }

  /** Files to be made larger, or to be clustered. */
  List<FileSet> rewrite(List<DataFile> live) {
    List<FileSet> sets = new ArrayList<>();
    units(live)
        .values()
        .forEach(files -> sets.addAll(settings.clusters() ? cluster(files) : compact(files)));
    return sets;
  }

  private Map<Unit, List<DataFile>> units(List<DataFile> live) {
    Map<Unit, List<DataFile>> units = new LinkedHashMap<>();
    live.stream()
        .sorted(OLDEST_FIRST)
        .forEach(file -> units.computeIfAbsent(unit(file), any -> new ArrayList<>()).add(file));
    return units;
  }

  private Unit unit(DataFile file) {
    return new Unit(
        file.partitionValues(), buckets.areMany() ? file.bucket() : DataFile.ANY_BUCKET);
  }

  /** Clustered files are left as they are: mixed with others they would be so no more. */
  private List<FileSet> compact(List<DataFile> files) {
    List<DataFile> small =
        files.stream()
            .filter(file -> file.size() < settings.targetSize() * 3 / 4)
            .filter(file -> !file.tags().containsKey(ClusterTags.COLUMNS))
            .toList();
    return packed(small, settings.targetSize()).stream()
        .map(each -> set(Purpose.COMPACT, each))
        .filter(FileSet::isWorthwhile)
        .toList();
  }

  private List<FileSet> cluster(List<DataFile> files) {
    Map<String, List<DataFile>> clustered = new HashMap<>();
    List<DataFile> chosen = new ArrayList<>();
    for (DataFile file : files) {
      if (settings.clusterTag().equals(file.tags().get(ClusterTags.COLUMNS))) {
        clustered
            .computeIfAbsent(
                file.tags().getOrDefault(ClusterTags.GROUP, ""), any -> new ArrayList<>())
            .add(file);
      } else {
        chosen.add(file);
      }
    }
    boolean fresh = !chosen.isEmpty();
    int joined = join(clustered.values(), chosen);
    return fresh || joined > 1
        ? packed(chosen, settings.groupSize()).stream()
            .map(each -> set(Purpose.CLUSTER, each))
            .toList()
        : List.of();
  }

  /** Adds the files of small groups to those chosen, smallest first; says of how many groups. */
  private int join(Iterable<List<DataFile>> groups, List<DataFile> chosen) {
    List<List<DataFile>> small = new ArrayList<>();
    groups.forEach(
        group -> {
          if (FileSet.bytes(group) < settings.groupSize() / HALF) {
            small.add(group);
          }
        });
    small.sort(
        Comparator.comparingLong((List<DataFile> group) -> FileSet.bytes(group))
            .thenComparing(group -> group.get(0), OLDEST_FIRST));
    int joined = 0;
    for (List<DataFile> group : small) {
      long bytes = FileSet.bytes(chosen);
      if (bytes > 0
          && (FileSet.bytes(group) > RATIO * bytes
              || FileSet.bytes(group) + bytes > settings.groupSize())) {
        break;
      }
      chosen.addAll(group);
      joined++;
    }
    return joined;
  }

  /** Neighbours together, as long as they are not more than {@code limit} bytes. */
  private static List<List<DataFile>> packed(List<DataFile> files, long limit) {
    List<List<DataFile>> packs = new ArrayList<>();
    long bytes = 0;
    for (DataFile file : files) {
      if (packs.isEmpty() || bytes + file.size() > limit) {
        packs.add(new ArrayList<>());
        bytes = 0;
      }
      packs.get(packs.size() - 1).add(file);
      bytes += file.size();
    }
    return packs;
  }

  private static FileSet set(Purpose purpose, List<DataFile> files) {
    return new FileSet(purpose, files);
  }
}
