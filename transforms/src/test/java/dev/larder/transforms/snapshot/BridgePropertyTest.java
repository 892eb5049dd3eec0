package dev.larder.transforms.snapshot;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Walks with sets of instants against the definition: nested loops, instant by instant. */
class BridgePropertyTest {
  private static final long OPEN = 1_000;
  private static final long CLOSED = 5 * Times.MICROS_PER_DAY;

  private static final BridgeSpec SPEC =
      new BridgeSpec(
          "bridge",
          new BridgeSpec.Start("hub_a", "hk", "a"),
          "as_of",
          List.of(
              new BridgeSpec.Leg(
                  "link_ab",
                  new BridgeSpec.Key("hk", "ab"),
                  new BridgeSpec.Key("a", "a"),
                  List.of(new BridgeSpec.Key("b", "b")),
                  new BridgeSpec.Effective(
                      "eff_ab", new PitSpec.Version("hk", "l", "q"), "end", OPEN),
                  BridgeSpec.Kind.REQUIRED),
              new BridgeSpec.Leg(
                  "link_bc",
                  new BridgeSpec.Key("hk", "bc"),
                  new BridgeSpec.Key("b", "b"),
                  List.of(new BridgeSpec.Key("c", "c")),
                  new BridgeSpec.Alive(
                      List.of(
                          new BridgeSpec.Status(
                              "sts_1", new PitSpec.Version("hk", "l", "q"), "status"),
                          new BridgeSpec.Status(
                              "sts_2", new PitSpec.Version("hk", "l", "q"), "status")),
                      "D"),
                  BridgeSpec.Kind.REQUIRED),
              new BridgeSpec.Leg(
                  "link_ad",
                  new BridgeSpec.Key("hk", "ad"),
                  new BridgeSpec.Key("a", "a"),
                  List.of(new BridgeSpec.Key("d", "d")),
                  new BridgeSpec.Known("l"),
                  BridgeSpec.Kind.OPTIONAL)),
          List.of("a", "ab", "b", "bc", "c", "ad", "d"),
          new PitSpec.Types(ColumnType.STRING, ColumnType.TIMESTAMP),
          "00");

  record Link(String from, String to, long loadedAt) {
    String key() {
      return from + to;
    }
  }

  record State(String key, long time, String sequence, boolean isOpen) {}

  record Case(
      Set<String> hub,
      Set<Link> ab,
      Set<Link> bc,
      Set<Link> ad,
      List<State> abStates,
      List<State> bcStates1,
      List<State> bcStates2,
      Set<Integer> asOfs) {}

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(
            Arbitraries.of("a1", "a2", "a3").set(),
            links("a", "b"),
            links("b", "c"),
            links("a", "d"),
            states("a", "b"),
            states("b", "c"),
            states("b", "c"),
            Arbitraries.integers().between(0, 9).set().ofMaxSize(6))
        .as(Case::new);
  }

  private static Arbitrary<Set<Link>> links(String from, String to) {
    // a link's columns follow from its key
    return Combinators.combine(
            Arbitraries.integers().between(1, 3), Arbitraries.integers().between(1, 3))
        .as((f, t) -> new Link(from + f, to + t, (f * 3 + t) % 8))
        .set()
        .ofMaxSize(6);
  }

  private static Arbitrary<List<State>> states(String from, String to) {
    return Combinators.combine(
            Arbitraries.integers().between(1, 3),
            Arbitraries.integers().between(1, 3),
            Arbitraries.longs().between(0, 9),
            Arbitraries.of(true, true, false))
        .as((f, t, time, open) -> new State(from + f + to + t, time, open ? "q1" : "q2", open))
        .list()
        .ofMaxSize(25);
  }

  private static boolean isOpen(List<State> states, Link link, int asOf) {
    return states.stream()
        .filter(state -> state.key.equals(link.key()) && state.time <= asOf)
        .max(Comparator.comparingLong(State::time).thenComparing(State::sequence))
        .map(State::isOpen)
        .orElse(false);
  }

  private static Set<List<Object>> naive(Case given) {
    Set<List<Object>> rows = new java.util.HashSet<>();
    for (int asOf : given.asOfs) {
      for (String a : given.hub) {
        for (Link ab : given.ab) {
          for (Link bc : given.bc) {
            if (ab.from.equals(a)
                && bc.from.equals(ab.to)
                && isOpen(given.abStates, ab, asOf)
                && (isOpen(given.bcStates1, bc, asOf) || isOpen(given.bcStates2, bc, asOf))) {
              List<Link> ads =
                  given.ad.stream().filter(l -> l.from.equals(a) && l.loadedAt <= asOf).toList();
              List<List<String>> ends =
                  ads.isEmpty()
                      ? List.of(List.of("00", "00"))
                      : ads.stream().map(l -> List.of(l.key(), l.to)).toList();
              for (List<String> end : ends) {
                rows.add(
                    List.of(
                        a, (long) asOf, ab.key(), ab.to, bc.key(), bc.to, end.get(0), end.get(1)));
              }
            }
          }
        }
      }
    }
    return rows;
  }

  private static final RowSchema STATES =
      RowSchema.of(
          Column.required("hk", ColumnType.STRING),
          Column.required("l", ColumnType.TIMESTAMP),
          Column.required("q", ColumnType.STRING),
          Column.nullable("end", ColumnType.TIMESTAMP),
          Column.nullable("status", ColumnType.STRING));

  private static Map<String, List<Object[]>> tables(Case given) {
    Map<String, List<Object[]>> tables = new HashMap<>();
    tables.put("link_ab", links(given.ab));
    tables.put("link_bc", links(given.bc));
    tables.put("link_ad", links(given.ad));
    tables.put("eff_ab", states(given.abStates));
    tables.put("sts_1", states(given.bcStates1));
    tables.put("sts_2", states(given.bcStates2));
    return tables;
  }

  private static List<Object[]> links(Set<Link> links) {
    return links.stream().map(l -> new Object[] {l.key(), l.from, l.to, l.loadedAt}).toList();
  }

  private static List<Object[]> states(List<State> states) {
    return states.stream()
        .map(
            s ->
                new Object[] {
                  s.key, s.time, s.sequence, s.isOpen ? OPEN + 1 : CLOSED, s.isOpen ? "I" : "D"
                })
        .toList();
  }

  private static RowSchema schema(String table) {
    return !table.startsWith("link_")
        ? STATES
        : RowSchema.of(
            Column.required("hk", ColumnType.STRING),
            Column.required(table.substring(5, 6), ColumnType.STRING),
            Column.required(table.substring(6, 7), ColumnType.STRING),
            Column.required("l", ColumnType.TIMESTAMP));
  }

  /** What the shuffles of {@link BuildBridge} do, in memory. */
  private static List<Path> links(
      LegSources sources, LegWalk walk, Map<String, List<Object[]>> in) {
    Map<String, List<LegFact>> facts = new HashMap<>();
    in.forEach(
        (table, rows) ->
            sources
                .of(table, schema(table))
                .forEach(
                    reading ->
                        rows.forEach(
                            row ->
                                reading.read(
                                    row,
                                    (key, fact) ->
                                        facts
                                            .computeIfAbsent(text(key), any -> new ArrayList<>())
                                            .add(LegFact.decode(fact.encode()))))));
    List<Path> links = new ArrayList<>();
    facts.forEach(
        (key, of) -> {
          Path link = walk.link(key.getBytes(StandardCharsets.UTF_8), of);
          if (link != null) {
            links.add(Path.decode(link.encode((byte) 1)));
          }
        });
    return links;
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  @Property
  void keepsWalksWhoseEveryLegHolds(@ForAll("cases") Case given) {
    List<Instant> instants = new ArrayList<>();
    new TreeSet<>(given.asOfs).forEach(each -> instants.add(Values.instant(each)));
    AsOfs asOfs = new AsOfs(instants, List.of());
    List<Path> paths = new ArrayList<>();
    for (String key : given.hub) {
      paths.add(
          new Path(
              new byte[][] {key.getBytes(StandardCharsets.UTF_8)},
              OpenTimes.since(Long.MIN_VALUE, asOfs)));
    }
    for (BridgeSpec.Leg leg : SPEC.legs()) {
      LegWalk walk = new LegWalk(SPEC, leg, asOfs);
      List<Path> links = links(new LegSources(leg), walk, tables(given));
      List<Path> further = new ArrayList<>();
      for (Path path : paths) {
        byte[] from = path.keys()[walk.from()];
        List<Path> met =
            links.stream().filter(link -> Arrays.equals(link.keys()[0], from)).toList();
        walk.on(path, met, further::add);
      }
      paths = further;
    }

    List<List<Object>> rows = new ArrayList<>();
    new BridgePaths(SPEC, asOfs, paths.stream().map(path -> path.encode((byte) 0)).toList())
        .forEach(row -> rows.add(List.of(row.clone())));

    Set<List<Object>> naive = naive(given);
    assertThat(Set.copyOf(rows), is(naive));
    assertThat(rows.size(), is(naive.size()));
  }
}
