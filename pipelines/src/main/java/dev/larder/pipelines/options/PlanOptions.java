package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** What would be created and read; nothing is written. */
public interface PlanOptions extends ModelOptions, SourceOptions, TablesOptions {

  @Description("The lake, to show what it already holds.")
  String getLake();

  void setLake(String value);

  @Description("Rows a range should have.")
  @Default.Integer(250_000)
  int getRangeRows();

  void setRangeRows(int value);

  @Description("Shows every range of every table, not only the first three.")
  @Default.Boolean(false)
  boolean getAllRanges();

  void setAllRanges(boolean value);
}
