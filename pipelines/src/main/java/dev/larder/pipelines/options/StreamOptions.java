package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The CDC branch. */
public interface StreamOptions extends ModelOptions, LakeOptions, SourceOptions, KafkaOptions {

  /** When batches run and when the stream ends. */
  enum Trigger {
    ONCE,
    AVAILABLE_NOW,
    INTERVAL
  }

  @Description(
      "ONCE: one batch, then stop. AVAILABLE_NOW: batches up to where the topics ended at the"
          + " start, then stop. INTERVAL: a batch every --interval until it is told to stop"
          + " (SIGTERM, Ctrl-C: the running batch is finished).")
  @Default.Enum("AVAILABLE_NOW")
  Trigger getTrigger();

  void setTrigger(Trigger value);

  @Description("Time between the starts of two batches with --trigger=INTERVAL.")
  @Default.String("PT1S")
  String getInterval();

  void setInterval(String value);

  @Description("With --trigger=INTERVAL: stop after this time. Example: --runFor=PT30S")
  String getRunFor();

  void setRunFor(String value);

  @Description("Records in a batch at the most, over all partitions.")
  @Default.Long(200_000)
  long getMaxOffsetsPerBatch();

  void setMaxOffsetsPerBatch(long value);

  @Description(
      "Ranges a batch is split into at the least, so that several tasks read one partition.")
  @Default.Integer(2)
  int getMinPartitions();

  void setMinPartitions(int value);

  @Description("Dead letters above which the stream stops with exit code 5; -1 for no limit.")
  @Default.Long(-1)
  long getMaxDeadLetters();

  void setMaxDeadLetters(long value);
}
