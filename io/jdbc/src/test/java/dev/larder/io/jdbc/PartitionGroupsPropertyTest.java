package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.is;

import dev.larder.io.jdbc.Catalogue.Partition;
import dev.larder.io.jdbc.PartitionGroups.Group;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Every partition is read once; groups are even where the partitions allow it. */
class PartitionGroupsPropertyTest {

  private static List<Partition> partitions(List<Long> rows) {
    List<Partition> partitions = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      partitions.add(new Partition("p" + i, rows.get(i), 1));
    }
    return partitions;
  }

  @Provide
  Arbitrary<List<Long>> sizes() {
    return Arbitraries.longs().between(0, 10_000_000).list().ofMinSize(1).ofMaxSize(60);
  }

  @Property
  void everyPartitionIsInOneGroup(
      @ForAll("sizes") List<Long> rows, @ForAll @IntRange(min = 1, max = 100) int wanted) {
    List<Partition> partitions = partitions(rows);

    List<Group> groups = PartitionGroups.of(partitions, wanted);

    assertThat(
        groups.stream().flatMap(group -> group.partitions().stream()).toList(),
        containsInAnyOrder(partitions.toArray()));
    for (Group group : groups) {
      assertThat(group.pieces() == 1 || group.partitions().size() == 1, is(true));
    }
  }

  @Example
  void partitionsOfOneSizeAreEven() {
    List<Group> groups = PartitionGroups.of(partitions(List.of(9L, 9L, 9L, 9L, 9L, 9L)), 3);

    assertThat(groups.stream().map(Group::names).toList().toString(), groups.size(), is(3));
    groups.forEach(group -> assertThat(group.rowsPerPiece(), closeTo(18, 0.1)));
  }

  @Example
  void aLargePartitionIsCutAndSmallOnesArePutTogether() {
    List<Group> groups =
        PartitionGroups.of(partitions(List.of(100L, 1_000L, 40L, 60L, 0L, 200L)), 7);

    assertThat(
        groups.stream().map(group -> group.names() + " " + group.pieces()).toList().toString(),
        groups.stream().mapToInt(Group::pieces).sum(),
        is(7));
    groups.forEach(group -> assertThat(group.rowsPerPiece(), closeTo(200, 0.1)));
  }
}
