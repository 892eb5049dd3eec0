package dev.larder.io.kafka;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which topics are read: given ones, which must exist, or all that match, which may appear while
 * Larder runs.
 */
public final class TopicSelection implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<String> names;
  private final Pattern pattern;

  private TopicSelection(Collection<String> names, Pattern pattern) {
    this.names = names.stream().distinct().sorted().toList();
    this.pattern = pattern;
  }

  public static TopicSelection named(Collection<String> names) {
    return new TopicSelection(names, null);
  }

  public static TopicSelection named(String... names) {
    return named(List.of(names));
  }

  /** Topics whose names begin so: {@code pos.} for the tables of a connector. */
  public static TopicSelection startingWith(String prefix) {
    Objects.requireNonNull(prefix, "prefix");
    return new TopicSelection(List.of(), Pattern.compile(Pattern.quote(prefix) + ".*"));
  }

  /**
   * @throws dev.larder.io.changes.UserException if it is no regular expression
   */
  public static TopicSelection matching(String regularExpression) {
    try {
      return new TopicSelection(List.of(), Pattern.compile(regularExpression));
    } catch (PatternSyntaxException e) {
      throw KafkaErrors.badPattern(regularExpression, e);
    }
  }

  /** The given names; empty if topics are matched. */
  List<String> names() {
    return names;
  }

  /** Whether a topic of this name is read. */
  public boolean matches(String topic) {
    return matcher().test(topic);
  }

  Predicate<String> matcher() {
    return pattern == null ? names::contains : name -> pattern.matcher(name).matches();
  }

  @Override
  public String toString() {
    return pattern == null ? String.join(", ", names) : "/" + pattern + "/";
  }
}
