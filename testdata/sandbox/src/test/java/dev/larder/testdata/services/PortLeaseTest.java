package dev.larder.testdata.services;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.Test;

public class PortLeaseTest {

  @Test
  public void leasesHeldTogetherAreOfDifferentPortsBelowTheSystemsOwnRange() {
    List<PortLease> leases =
        IntStream.range(0, 50).parallel().mapToObj(i -> PortLease.take()).toList();

    Set<Integer> ports = new HashSet<>(leases.stream().map(PortLease::port).toList());
    leases.forEach(PortLease::close);

    assertThat(ports, hasSize(50));
    assertThat(ports.stream().allMatch(p -> p >= 20_000 && p <= 32_000), is(true));
  }
}
