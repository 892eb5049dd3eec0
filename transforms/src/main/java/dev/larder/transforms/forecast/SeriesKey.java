package dev.larder.transforms.forecast;

import java.io.Serializable;
import java.util.Comparator;
import java.util.Objects;

/**
 * Names a series: what is counted, and within what. In a pizza chain the group is a pizzeria and
 * the item an ingredient. The series of a group are open and closed on the same days.
 */
public record SeriesKey(String group, String item) implements Comparable<SeriesKey>, Serializable {
  private static final Comparator<SeriesKey> ORDER =
      Comparator.comparing(SeriesKey::group).thenComparing(SeriesKey::item);

  public SeriesKey {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(item, "item");
  }

  @Override
  public int compareTo(SeriesKey other) {
    return ORDER.compare(this, other);
  }
}
