package dev.larder.pipelines.command;

import dev.larder.io.changes.LarderException;
import dev.larder.pipelines.options.LakeOptions;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The {@code larder} command: {@code larder <verb> [--option=value ...]}. */
public final class Larder {
  private static final Logger LOG = LoggerFactory.getLogger(Larder.class);

  private final Map<String, Verb<?>> verbs = new LinkedHashMap<>();
  private final Console console;

  public Larder(List<Verb<?>> verbs, Console console) {
    verbs.forEach(verb -> this.verbs.put(verb.name(), verb));
    this.console = console;
  }

  /** The command with all verbs that are on the class path. */
  public static Larder printingTo(Console console) {
    return new Larder(Verbs.all(), console);
  }

  public static void main(String[] args) {
    System.exit(printingTo(Console.system()).run(args));
  }

  /** Runs one verb and returns the exit code: {@link ExitCode}. */
  public int run(String... args) {
    List<String> words = Arrays.asList(args);
    boolean help = words.contains("--help") || words.contains("-h");
    if (words.isEmpty() || words.get(0).startsWith("-") || words.get(0).equals("help")) {
      console.line("%s", Help.overview(verbs.values()));
      return help || words.contains("help") ? ExitCode.DONE.code() : ExitCode.USER.code();
    }
    Verb<?> verb = verbs.get(words.get(0));
    if (verb == null) {
      console.line("%s", UsageErrors.unknownVerb(words.get(0), verbs.keySet()));
      return ExitCode.USER.code();
    }
    if (help) {
      console.line("%s", Help.of(verb));
      return ExitCode.DONE.code();
    }
    return run(verb, words.subList(1, words.size()));
  }

  private <O extends PipelineOptions> int run(Verb<O> verb, List<String> args) {
    RunReport report = new RunReport(verb.name(), Instant.now());
    O options = null;
    int code = ExitCode.BUG.code();
    String message = null;
    try {
      options = parse(verb, args);
      verb.run(options, console, report);
      code = ExitCode.DONE.code();
    } catch (Exception e) {
      LarderException known = known(e);
      code = known == null ? ExitCode.BUG.code() : known.exitCode();
      message = known == null ? e.toString() : known.getMessage();
      if (known == null) {
        LOG.error("larder {} failed", verb.name(), e);
      } else {
        LOG.debug("larder {} ended with {}", verb.name(), code, e);
      }
      console.line("larder %s: %s", verb.name(), message);
    }
    report.ended(Instant.now(), code, message);
    try {
      keep(report, options, code);
    } finally {
      report.settle();
    }
    return code;
  }

  private static <O extends PipelineOptions> O parse(Verb<O> verb, List<String> args) {
    try {
      return PipelineOptionsFactory.fromArgs(args.toArray(String[]::new))
          .withValidation()
          .as(verb.options());
    } catch (IllegalArgumentException e) {
      throw UsageErrors.of(verb, args, e);
    }
  }

  /**
   * The error that is meant for the user: runners wrap what a step throws in errors of their own.
   */
  static LarderException known(Throwable error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof LarderException known) {
        return known;
      }
    }
    return null;
  }

  /** Verbs that work on a lake leave their report there. */
  private void keep(RunReport report, PipelineOptions options, int code) {
    if (options instanceof LakeOptions lake && report.isWanted()) {
      try {
        LakeFiles.write(lake.getLake(), "ops/runs/" + report.fileName(), report.toString());
      } catch (IOException e) {
        if (code != ExitCode.SINK.code()) { // else it has been said
          console.line("The run report could not be written: %s", e);
        }
      }
    }
  }
}
