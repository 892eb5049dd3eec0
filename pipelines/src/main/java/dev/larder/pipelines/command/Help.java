package dev.larder.pipelines.command;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** The text of {@code --help}, made from the descriptions that the options carry. */
final class Help {
  private static final int WIDTH = 100;
  private static final String INDENT = "     ";

  private Help() {}

  static String overview(Collection<Verb<?>> verbs) {
    StringBuilder text = new StringBuilder();
    text.append("Usage: larder <verb> [--option=value ...]\n\n");
    text.append("From an operational MySQL to a trustworthy history and a forecast.\n\nVerbs:\n");
    for (Verb<?> verb : verbs) {
      text.append(String.format(Locale.ROOT, "  %-10s %s%n", verb.name(), verb.summary()));
    }
    text.append("\nlarder <verb> --help shows its options.\n\nExit codes:\n");
    return text.append(ExitCode.table()).toString();
  }

  static String of(Verb<?> verb) {
    StringBuilder text = new StringBuilder();
    text.append("Usage: larder ").append(verb.name()).append(" [--option=value ...]\n\n");
    text.append(verb.summary()).append("\n\nOptions (a * must be given):\n");
    for (Method getter : getters(verb.options())) {
      text.append(option(getter));
    }
    text.append("\nAny option of the Beam runner may stand beside them, for example")
        .append(" --runner=SparkRunner.\n\nExample:\n  ");
    return text.append(verb.example()).append('\n').toString();
  }

  /** The getters of all options of Larder's own that a verb takes, required ones first. */
  static List<Method> getters(Class<? extends PipelineOptions> options) {
    return Arrays.stream(options.getMethods())
        .filter(Help::isGetter)
        .filter(method -> method.getDeclaringClass().getName().startsWith("dev.larder."))
        .collect(Collectors.toMap(Method::getName, method -> method, (left, right) -> left))
        .values()
        .stream()
        .sorted(
            Comparator.comparing((Method method) -> !required(method))
                .thenComparing(Method::getName))
        .toList();
  }

  static boolean isGetter(Method method) {
    return method.getName().startsWith("get")
        && method.getName().length() > 3
        && method.getParameterCount() == 0;
  }

  /** What the option of a getter is called on the command line. */
  static String name(Method getter) {
    return getter.getName().substring(3, 4).toLowerCase(Locale.ROOT)
        + getter.getName().substring(4);
  }

  private static boolean required(Method getter) {
    return getter.isAnnotationPresent(Validation.Required.class);
  }

  private static String option(Method getter) {
    String name = name(getter);
    String value = defaultOf(getter);
    String head =
        String.format(
            Locale.ROOT,
            " %s --%s%s%n",
            required(getter) ? "*" : " ",
            name,
            value == null ? "" : " (default " + value + ")");
    return head + wrap(getter.getAnnotation(Description.class).value());
  }

  private static String defaultOf(Method getter) {
    return Arrays.stream(getter.getAnnotations())
        .filter(annotation -> annotation.annotationType().getEnclosingClass() == Default.class)
        .map(
            annotation -> {
              try {
                Method value = annotation.annotationType().getMethod("value");
                return String.valueOf(value.invoke(annotation));
              } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
              }
            })
        .findFirst()
        .orElse(null);
  }

  private static String wrap(String text) {
    StringBuilder out = new StringBuilder();
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : text.split(" ")) {
      if (line.length() + word.length() >= WIDTH) {
        out.append(line).append('\n');
        line = new StringBuilder(INDENT);
      }
      line.append(' ').append(word);
    }
    return out.append(line).append('\n').toString();
  }
}
