package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which tables of the model. */
public interface TablesOptions extends PipelineOptions {

  @Description(
      "Source tables to take, comma separated; all tables of the model where it is absent."
          + " Example: --tables=pos.orders,pos.order_lines")
  List<String> getTables();

  void setTables(List<String> value);
}
