package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which tables of the model. */
public interface TablesOptions extends PipelineOptions {

  @Description(
      "Source tables to take, comma separated; all tables of the model where it is absent. In a"
          + " name, * stands for any characters and ? for one. Example:"
          + " --tables=pos.orders,pos.order_*")
  List<String> getTables();

  void setTables(List<String> value);

  @Description(
      "Source tables to leave out, written as those of --tables. Example: --exclude=*.log_*")
  List<String> getExclude();

  void setExclude(List<String> value);
}
