package dev.larder.pipelines.command;

import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A verb of the command.
 *
 * @param <O> the options it takes
 */
public interface Verb<O extends PipelineOptions> {

  /** As it is typed: {@code snapshot}. */
  String name();

  /** One sentence for the list of verbs. */
  String summary();

  /** An example that works once the values are one's own. */
  String example();

  Class<O> options();

  /**
   * Does the work.
   *
   * @param report takes what is worth keeping; written to the lake when the verb ends
   * @throws dev.larder.io.changes.LarderException with the exit code and the message for the user
   */
  void run(O options, Console console, RunReport report) throws Exception;
}
