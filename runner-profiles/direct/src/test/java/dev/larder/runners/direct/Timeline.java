package dev.larder.runners.direct;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** What a row was from when on; of several states at one time the last one that was put. */
final class Timeline {
  private final List<State> states = new ArrayList<>(1);

  /**
   * @param row null while there is none
   */
  private record State(long since, List<String> row) {}

  /**
   * @param since microseconds since the epoch; mostly, not always, later than those before
   */
  void put(long since, List<String> row) {
    int place = states.size();
    while (place > 0 && states.get(place - 1).since() > since) {
      place--;
    }
    State state = new State(since, row);
    if (place > 0 && states.get(place - 1).since() == since) {
      states.set(place - 1, state);
    } else {
      states.add(place, state);
    }
  }

  /** Tells from when to when each text held; nothing of times without a row. */
  void tell(Function<List<String>, String> text, String key, Lines out) {
    String held = null;
    long since = 0;
    for (State state : states) {
      String now = state.row() == null ? null : text.apply(state.row());
      if (!Objects.equals(held, now)) {
        if (held != null) {
          out.add(key, since + ".." + state.since() + " " + held);
        }
        held = now;
        since = state.since();
      }
    }
    if (held != null) {
      out.add(key, since + ".. " + held);
    }
  }
}
