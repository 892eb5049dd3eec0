package dev.larder.io.jdbc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Puts the database's partitions of a table together, so that each group has about equal rows, and
 * says into how many ranges a large one is cut. Pure.
 */
final class PartitionGroups {
  private static final int SIZES_TRIED = 11;
  private static final double EVEN = 0.2;

  /**
   * Partitions that are read together.
   *
   * @param partitions in the table's order; at least one
   * @param pieces into how many ranges they are cut; 1 for several partitions
   */
  record Group(List<Catalogue.Partition> partitions, int pieces) {
    Group {
      partitions = List.copyOf(partitions);
    }

    long rows() {
      return partitions.stream().mapToLong(Catalogue.Partition::rows).sum();
    }

    double rowsPerPiece() {
      return (double) rows() / pieces;
    }

    List<String> names() {
      return partitions.stream().map(Catalogue.Partition::name).toList();
    }
  }

  private PartitionGroups() {}

  /**
   * @param wanted how many ranges are wanted of the table; it becomes some more where that makes
   *     them more even
   */
  static List<Group> of(List<Catalogue.Partition> partitions, int wanted) {
    double rows = Math.max(1, partitions.stream().mapToLong(Catalogue.Partition::rows).sum());
    List<Group> best = List.of();
    double bestSpread = Double.MAX_VALUE;
    for (int i = 0; i < SIZES_TRIED; i++) {
      List<Group> groups = ofAbout(rows / wanted * (1 - 0.05 * i), partitions);
      double spread = spread(groups);
      if (spread < bestSpread) {
        best = groups;
        bestSpread = spread;
      }
      if (spread <= EVEN) {
        break;
      }
    }
    return best;
  }

  private static List<Group> ofAbout(double size, List<Catalogue.Partition> partitions) {
    List<Group> groups = new ArrayList<>();
    List<Catalogue.Partition> small = new ArrayList<>();
    for (Catalogue.Partition partition : partitions) {
      if (partition.rows() < size) {
        small.add(partition);
      } else {
        groups.add(
            new Group(List.of(partition), (int) Math.max(1, Math.round(partition.rows() / size))));
      }
    }
    groups.addAll(packed(small, size));
    groups.sort(Comparator.comparingInt(group -> partitions.indexOf(group.partitions().get(0))));
    return groups;
  }

  /** The largest first, each to those that are fewest rows so far. */
  private static List<Group> packed(List<Catalogue.Partition> small, double size) {
    if (small.isEmpty()) {
      return List.of();
    }
    double rows = small.stream().mapToLong(Catalogue.Partition::rows).sum();
    PriorityQueue<Bin> bins = new PriorityQueue<>(Comparator.comparingLong(bin -> bin.rows));
    for (long i = Math.max(1, Math.round(rows / size)); i > 0; i--) {
      bins.add(new Bin());
    }
    small.stream()
        .sorted(Comparator.comparingLong(Catalogue.Partition::rows).reversed())
        .forEach(
            partition -> {
              Bin bin = bins.remove();
              bin.rows += partition.rows();
              bin.partitions.add(partition);
              bins.add(bin);
            });
    return bins.stream()
        .filter(bin -> !bin.partitions.isEmpty())
        .map(bin -> new Group(inOrder(small, bin.partitions), 1))
        .toList();
  }

  private static List<Catalogue.Partition> inOrder(
      List<Catalogue.Partition> all, List<Catalogue.Partition> some) {
    return all.stream().filter(some::contains).toList();
  }

  /** How far the group that is farthest from the mean is away from it, as a part of the mean. */
  private static double spread(List<Group> groups) {
    double mean =
        groups.stream().mapToDouble(Group::rows).sum()
            / groups.stream().mapToInt(Group::pieces).sum();
    return groups.stream()
        .mapToDouble(group -> Math.abs(group.rowsPerPiece() - mean) / Math.max(1, mean))
        .max()
        .orElse(0);
  }

  private static final class Bin {
    private final List<Catalogue.Partition> partitions = new ArrayList<>();
    private long rows;
  }
}
