package dev.larder.transforms.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ColumnType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The walk over sorted streams against the definition: the greatest version not after t. */
class PitRangePropertyTest {
  private static final PitSpec SPEC =
      new PitSpec(
          "pit",
          new PitSpec.Parent("hub", "hk", "key"),
          "as_of",
          List.of(
              new PitSpec.Satellite(
                  "sat_a",
                  new PitSpec.Version("hk", "l", "q"),
                  new PitSpec.Version("a_hk", "a_l", "a_q")),
              new PitSpec.Satellite(
                  "sat_b", new PitSpec.Version("hk", "l"), new PitSpec.Version("b_hk", "b_l"))),
          new PitSpec.Absent("0000", -1_000, "q0"),
          new PitSpec.Types(ColumnType.STRING, ColumnType.TIMESTAMP));

  record Version(int satellite, String key, long time, String sequence) {}

  record Case(
      List<String> hub,
      List<Version> versions,
      Set<Integer> asOfs,
      Set<Integer> newOnly,
      Set<String> known,
      long seed) {}

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<String> keys = Arbitraries.of("", "a", "aa", "b", "ba", "c", "dd");
    Arbitrary<Version> versions =
        Combinators.combine(
                Arbitraries.integers().between(0, 1),
                keys,
                Arbitraries.longs().between(0, 12),
                Arbitraries.of("q1", "q10", "q2"))
            .as(Version::new);
    Arbitrary<Set<Integer>> instants = Arbitraries.integers().between(-1, 13).set().ofMaxSize(8);
    return Combinators.combine(
            keys.list().ofMaxSize(6),
            versions.list().ofMaxSize(120),
            instants,
            instants,
            keys.set().ofMaxSize(4),
            Arbitraries.longs())
        .as(Case::new);
  }

  private static List<List<Object>> naive(Case given) {
    Set<Integer> all = new TreeSet<>(given.asOfs);
    all.addAll(given.newOnly);
    List<List<Object>> rows = new ArrayList<>();
    for (int asOf : all) {
      for (String key : new TreeSet<>(given.hub)) {
        if (!given.asOfs.contains(asOf) && given.known.contains(key)) {
          continue;
        }
        List<Object> row = new ArrayList<>(List.of(key, (long) asOf));
        for (int satellite = 0; satellite < 2; satellite++) {
          int wanted = satellite;
          Version found =
              given.versions.stream()
                  .filter(v -> v.satellite == wanted && v.key.equals(key) && v.time <= asOf)
                  .max(Comparator.comparingLong(Version::time).thenComparing(Version::sequence))
                  .orElse(new Version(satellite, "0000", -1_000, "q0"));
          row.addAll(List.of(found.key, found.time));
          if (satellite == 0) {
            row.add(found.sequence);
          }
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Blocks of a few rows each, in any order. */
  private static List<byte[]> blocks(Case given) {
    List<byte[]> blocks = new ArrayList<>();
    for (String key : given.hub) {
      KeyBlock.Builder block = new KeyBlock.Builder(PitSources.PARENT);
      block.add(bytes(key), 0, null);
      blocks.add(block.build());
    }
    for (String key : given.known) {
      KeyBlock.Builder block = new KeyBlock.Builder(PitSources.KNOWN);
      block.add(bytes(key), 0, null);
      blocks.add(block.build());
    }
    Random random = new Random(given.seed);
    List<Version> shuffled = new ArrayList<>(given.versions);
    Collections.shuffle(shuffled, random);
    for (int satellite = 0; satellite < 2; satellite++) {
      KeyBlock.Builder block = new KeyBlock.Builder(PitSources.SATELLITES + satellite);
      for (Version version : shuffled) {
        if (version.satellite == satellite) {
          block.add(
              bytes(version.key), version.time, satellite == 0 ? bytes(version.sequence) : null);
          if (random.nextInt(4) == 0) {
            blocks.add(block.build());
            block = new KeyBlock.Builder(PitSources.SATELLITES + satellite);
          }
        }
      }
      blocks.add(block.build());
    }
    Collections.shuffle(blocks, random);
    return blocks;
  }

  private static List<Instant> instants(Set<Integer> micros) {
    return micros.stream().map(each -> dev.larder.io.changes.Values.instant(each)).toList();
  }

  @Property
  void findsTheGreatestVersionNotAfterEachInstant(@ForAll("cases") Case given) {
    PitRange range =
        new PitRange(
            SPEC, new AsOfs(instants(given.asOfs), instants(given.newOnly)), blocks(given));

    List<List<Object>> rows = new ArrayList<>();
    range.forEach(row -> rows.add(Arrays.asList(row.clone())));

    assertThat(rows, is(naive(given)));
  }
}
