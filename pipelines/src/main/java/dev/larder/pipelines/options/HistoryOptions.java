package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** What was done to a table. Not a {@link LakeOptions}: nothing is written, not even a report. */
public interface HistoryOptions extends PipelineOptions {

  /** How the history is printed. */
  enum Output {
    TEXT,
    JSON
  }

  @Description("Where the lake lies, a folder or URI. Example: --lake=/data/lake")
  @Validation.Required
  String getLake();

  void setLake(String value);

  @Description("The table's path below the lake. Example: --table=vault/hub_order")
  @Validation.Required
  String getTable();

  void setTable(String value);

  @Description("Versions to show at the most, the latest first.")
  @Default.Integer(20)
  int getLimit();

  void setLimit(int value);

  @Description("TEXT: a table for people. JSON: an array with an object for each version.")
  @Default.Enum("TEXT")
  Output getOutput();

  void setOutput(Output value);
}
