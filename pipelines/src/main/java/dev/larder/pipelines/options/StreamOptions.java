package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The CDC branch. */
public interface StreamOptions
    extends ModelOptions, LakeOptions, SourceOptions, KafkaOptions, RegistryOptions {

  /** When batches run and when the stream ends. */
  enum Trigger {
    ONCE,
    AVAILABLE_NOW,
    INTERVAL,
    CONTINUOUS
  }

  @Description(
      "ONCE: one batch, then stop. AVAILABLE_NOW: batches up to where the topics ended at the"
          + " start, then stop. INTERVAL: a batch every --interval. CONTINUOUS: the next batch"
          + " begins the moment there is a record; the same planned batches with the same"
          + " guarantees on every runner, for the Spark runner's own unbounded read of Kafka loses"
          + " records. The last two run until they are told to stop (SIGTERM, Ctrl-C: the running"
          + " batch is finished).")
  @Default.Enum("AVAILABLE_NOW")
  Trigger getTrigger();

  void setTrigger(Trigger value);

  @Description("Time between the starts of two batches with --trigger=INTERVAL.")
  @Default.String("PT1S")
  String getInterval();

  void setInterval(String value);

  @Description(
      "With --trigger=INTERVAL or CONTINUOUS: stop after this time. Example: --runFor=PT30S")
  String getRunFor();

  void setRunFor(String value);

  @Description(
      "With --trigger=INTERVAL and CONTINUOUS: how long the stream waits for MySQL, Kafka or Connect when they do"
          + " not answer, before it ends with exit code 3. PT0S: not at all.")
  @Default.String("PT10M")
  String getPatience();

  void setPatience(String value);

  @Description("Records in a batch at the most, over all partitions.")
  @Default.Long(200_000)
  long getMaxOffsetsPerBatch();

  void setMaxOffsetsPerBatch(long value);

  @Description("Records of one partition in a batch at the most; 0 for no such limit.")
  @Default.Long(0)
  long getMaxOffsetsPerPartition();

  void setMaxOffsetsPerPartition(long value);

  @Description(
      "Bytes of keys and values in a batch at the most, by the size of the records of the batches"
          + " before (1 KiB before the first).")
  @Default.String("256MiB")
  String getMaxBytesPerBatch();

  void setMaxBytesPerBatch(String value);

  @Description(
      "How long a batch should take when there is enough to read: it has as many records as that"
          + " allows by what those before cost, at most twice as many as the last; where a batch"
          + " costs more than half of that whatever its size, it takes as long again for its"
          + " records. PT0S for no such limit. What is current is read at once, whatever this"
          + " says.")
  @Default.String("PT10S")
  String getBatchTime();

  void setBatchTime(String value);

  @Description("Records a second at the most, over time; 0 for no such limit.")
  @Default.Long(0)
  long getMaxRecordsPerSecond();

  void setMaxRecordsPerSecond(long value);

  @Description(
      "Ranges a batch is split into at the least, so that several tasks read one partition.")
  @Default.Integer(2)
  int getMinPartitions();

  void setMinPartitions(int value);

  @Description(
      "Where to begin in topics of which the ledger has no position when the stream starts; a"
          + " position of the ledger always counts more, and a topic that appears later is read"
          + " from its beginning. earliest; latest; timestamp:2026-11-21T10:00:00Z; offsets as"
          + " {\"pos.pos.orders\": {\"0\": 1200}} (-2 is the earliest, -1 the end; partitions that"
          + " are not named begin at the earliest); ledger: refuse to start where there is none."
          + " While a snapshot waits for these topics, only earliest is taken.")
  @Default.String("earliest")
  String getStartingPosition();

  void setStartingPosition(String value);

  @Description(
      "Topics in which records were deleted before they were read, and that shall be read on behind"
          + " the gap. Without this the stream stops and names them, for bronze and the vault lack"
          + " what is gone. Example: --acceptLostOffsets=pos.pos.orders")
  List<String> getAcceptLostOffsets();

  void setAcceptLostOffsets(List<String> value);

  @Description("Dead letters above which the stream stops with exit code 5; -1 for no limit.")
  @Default.Long(-1)
  long getMaxDeadLetters();

  void setMaxDeadLetters(long value);

  @Description(
      "Says where the stream stands, by topic and partition, and ends; beside a running stream too."
          + " Needs no --source.")
  @Default.Boolean(false)
  boolean getStatus();

  void setStatus(boolean value);

  /** How the status is printed. */
  enum Output {
    TEXT,
    JSON
  }

  @Description("With --status: TEXT for people, JSON for machines.")
  @Default.Enum("TEXT")
  Output getOutput();

  void setOutput(Output value);

  @Description(
      "Port for Prometheus (GET /metrics) and for a health probe (GET /health: 200, or 503 with the"
          + " reason). None if it is not given. Example: --metricsPort=9400")
  Integer getMetricsPort();

  void setMetricsPort(Integer value);

  @Description(
      "/health answers 503 if the stream's loop has not gone round for so long; a batch is part of"
          + " a round.")
  @Default.String("PT5M")
  String getMaxSilence();

  void setMaxSilence(String value);
}
