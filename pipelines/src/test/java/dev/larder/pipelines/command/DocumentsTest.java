package dev.larder.pipelines.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.pipelines.command.Documents.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.Test;

/**
 * Every command and option that README and the documents name is there, and every link leads
 * somewhere. {@code ReadmeIT} runs README's commands; here they are only parsed, all of them.
 */
public class DocumentsTest {
  /** Stands for options that a document leaves out, or for all of them. */
  private static final String AND_SO_ON = "...";

  /** Of runners that are not on this module's class path. */
  private static final Set<String> OF_RUNNERS = Set.of("sparkMaster");

  @Test
  public void everyCommandIsUnderstood() {
    List<String> refused = new ArrayList<>();
    for (Line line : Documents.commands()) {
      if (line.text().equals(AND_SO_ON)) {
        continue;
      }
      refusal(List.of(line.text().split("\\s+"))).ifPresent(e -> refused.add(line + ": " + e));
    }

    assertThat(String.join("\n", refused), refused, is(empty()));
    assertThat(Documents.commands().size(), is(greaterThan(30)));
  }

  @Test
  public void theExampleOfEachVerbIsUnderstood() {
    for (Verb<?> verb : Verbs.all()) {
      List<String> words = List.of(verb.example().split("\\s+"));

      assertThat(words.get(0), is("larder"));
      assertThat(words.get(1), is(verb.name()));
      assertThat(verb.example(), refusal(words.subList(1, words.size())).orElse(""), is(""));
    }
  }

  @Test
  public void everyOptionIsThere() {
    List<Line> unknown = new ArrayList<>();
    for (Line option : Documents.options()) {
      if (Verbs.all().stream().noneMatch(verb -> takes(verb, option.text()))) {
        unknown.add(option);
      }
    }

    assertThat(unknown, is(empty()));
    assertThat(Documents.options().size(), is(greaterThan(30)));
  }

  @Test
  public void everyLinkLeadsToAFile() {
    assertThat(
        Documents.links().stream().filter(link -> !Documents.exists(link)).toList(), is(empty()));
    assertThat(Documents.links().size(), is(greaterThan(20)));
  }

  private static Optional<String> refusal(List<String> words) {
    Verb<?> verb =
        Verbs.all().stream().filter(v -> v.name().equals(words.get(0))).findFirst().orElse(null);
    if (verb == null) {
      return Optional.of("no such verb");
    }
    List<String> options = new ArrayList<>(words.subList(1, words.size()));
    options.remove("--help");
    // Shortened lines and inline code name some options only: what is required may be missing.
    boolean whole = !options.remove(AND_SO_ON) && options.size() > 1;
    try {
      PipelineOptionsFactory.Builder given =
          PipelineOptionsFactory.fromArgs(options.toArray(String[]::new));
      (whole ? given.withValidation() : given).as(verb.options());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static boolean takes(Verb<?> verb, String option) {
    String name = option.replaceFirst("^--", "").replaceFirst("=.*", "");
    return OF_RUNNERS.contains(name)
        || Arrays.stream(verb.options().getMethods())
            .anyMatch(method -> Help.isGetter(method) && Help.name(method).equals(name));
  }
}
