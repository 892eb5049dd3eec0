package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** Which tables of a lake. */
public interface LakeTablesOptions extends LakeOptions {

  @Description(
      "Tables of the lake, comma separated, by their paths below it; * stands for any characters."
          + " Example: --table=vault/hub_order,marts/*")
  @Validation.Required
  List<String> getTable();

  void setTable(List<String> value);
}
