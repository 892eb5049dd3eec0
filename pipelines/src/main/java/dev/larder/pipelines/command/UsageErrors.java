package dev.larder.pipelines.command;

import dev.larder.io.changes.UserException;
import dev.larder.transforms.model.Suggestions;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** What is wrong with the words of a command line, in terms of what was typed. */
final class UsageErrors {
  private static final Pattern OPTION = Pattern.compile("--([^=]+)(=.*)?", Pattern.DOTALL);
  private static final Pattern MISSING =
      Pattern.compile("Missing required value for \\[--(\\w+), \"(.*)\"\\].*", Pattern.DOTALL);

  private UsageErrors() {}

  static String unknownVerb(String word, Collection<String> verbs) {
    return "unknown verb \""
        + word
        + "\". "
        + Suggestions.known(word, verbs)
        + " `larder --help` says what they do.";
  }

  /**
   * Beam names its classes and, for a wrong value, no option: each word is tried by itself, and the
   * one that is refused is named.
   *
   * @param refusal of all words together
   */
  static UserException of(Verb<?> verb, List<String> words, IllegalArgumentException refusal) {
    String what =
        words.stream()
            .filter(word -> isRefused(verb, word))
            .findFirst()
            .map(word -> mistake(verb, word))
            .orElseGet(() -> missing(refusal.getMessage()));
    return new UserException(
        what + " `larder " + verb.name() + " --help` shows the options.", refusal);
  }

  private static boolean isRefused(Verb<?> verb, String word) {
    try {
      PipelineOptionsFactory.fromArgs(word).as(verb.options());
      return false;
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  private static String mistake(Verb<?> verb, String word) {
    Matcher option = OPTION.matcher(word);
    if (!option.matches()) {
      return "\"" + word + "\" is no option: options begin with --.";
    }
    String name = option.group(1);
    Optional<Method> getter =
        Arrays.stream(verb.options().getMethods())
            .filter(method -> Help.isGetter(method) && Help.name(method).equals(name))
            .findFirst();
    return getter.isEmpty()
        ? unknown(verb, name)
        : word + " is not " + type(getter.get().getReturnType()) + ".";
  }

  /** Beam's own options are suggested too, but Larder's first. */
  private static String unknown(Verb<?> verb, String name) {
    String near =
        Suggestions.nearest(name, names(Help.getters(verb.options())))
            .or(() -> Suggestions.nearest(name, names(List.of(verb.options().getMethods()))))
            .map(other -> " Did you mean --" + other + "?")
            .orElse("");
    return "unknown option --" + name + "." + near;
  }

  private static List<String> names(List<Method> methods) {
    return methods.stream().filter(Help::isGetter).map(Help::name).sorted().toList();
  }

  private static String type(Class<?> type) {
    if (type.isEnum()) {
      return "one of "
          + String.join(
              ", ", Arrays.stream(type.getEnumConstants()).map(Object::toString).toList());
    }
    if (type == int.class || type == long.class) {
      return "a whole number";
    }
    return type == boolean.class ? "true or false" : "a " + type.getSimpleName();
  }

  private static String missing(String refusal) {
    Matcher missing = MISSING.matcher(refusal);
    return missing.matches()
        ? "--" + missing.group(1) + " is missing. " + sentence(missing.group(2))
        : sentence(refusal.strip());
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }
}
