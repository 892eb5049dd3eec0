package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The snapshot branch. */
public interface SnapshotOptions
    extends ModelOptions, LakeOptions, SourceOptions, KafkaOptions, TablesOptions {

  @Description("Rows a range should have; every range is read and retried by itself.")
  @Default.Integer(250_000)
  int getRangeRows();

  void setRangeRows(int value);

  @Description(
      "Rows a wave should have: what is read by one pipeline and committed together. A snapshot"
          + " that was interrupted goes on with the first wave that is not done.")
  @Default.Long(5_000_000)
  long getWaveRows();

  void setWaveRows(long value);

  @Description(
      "Give up a snapshot that was not finished and begin another one. Without it the unfinished"
          + " one goes on.")
  boolean getAnew();

  void setAnew(boolean value);

  @Description(
      "Follow no log: read everything, compare it with what the lake had, and load the vault at"
          + " once. For sources without a binlog, again and again. Rows that are gone are deletes"
          + " where the model says `extract: full`.")
  boolean getCompare();

  void setCompare(boolean value);

  @Description("Rows fetched from the server at once.")
  @Default.Integer(1_000)
  int getFetchSize();

  void setFetchSize(int value);

  @Description("Connections of each worker process to one database at the most.")
  @Default.Integer(4)
  int getMaxConnections();

  void setMaxConnections(int value);

  @Description(
      "Read no more rows a second from one source, by all connections of all workers together, so"
          + " that others keep their answer times. 0: as fast as it goes.")
  long getMaxRowsPerSecond();

  void setMaxRowsPerSecond(long value);

  @Description(
      "Pause reading while more threads than these work in a source's server, those of Larder's own"
          + " user not counted: give Larder a user of its own. 0: never pause.")
  int getMaxThreadsRunning();

  void setMaxThreadsRunning(int value);

  @Description(
      "Pause reading while a source, itself a replica, is further behind than this."
          + " Example: --maxReplicaLag=PT10S")
  String getMaxReplicaLag();

  void setMaxReplicaLag(String value);

  @Description(
      "Where the log of a source is followed from (P0), given by hand for a connector that is not"
          + " Larder's; repeat it for each source. If the log has gone on since, with a time at"
          + " which it stood there or before. Example:"
          + " --position=pos=binlog.000003:157@2026-11-01T00:00:00Z")
  List<String> getPosition();

  void setPosition(List<String> value);

  @Description(
      "A folder for offsets files of Debezium's embedded engine, one a source, at the place where"
          + " the snapshot began: larder-SOURCE.offsets. A file that is there is left alone.")
  String getOffsetsDir();

  void setOffsetsDir(String value);
}
