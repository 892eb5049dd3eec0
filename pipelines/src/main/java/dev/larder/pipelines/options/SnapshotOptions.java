package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** The snapshot branch. */
public interface SnapshotOptions
    extends ModelOptions, LakeOptions, SourceOptions, KafkaOptions, TablesOptions {

  @Description("Rows a range should have; every range is read and retried by itself.")
  @Default.Integer(250_000)
  int getRangeRows();

  void setRangeRows(int value);

  @Description("Rows fetched from the server at once.")
  @Default.Integer(1_000)
  int getFetchSize();

  void setFetchSize(int value);

  @Description("Connections to one database at the most.")
  @Default.Integer(4)
  int getMaxConnections();

  void setMaxConnections(int value);
}
