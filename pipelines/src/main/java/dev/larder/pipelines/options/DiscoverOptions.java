package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;

/** Which databases to draft a model of, and where to write it. */
public interface DiscoverOptions extends SourceOptions {

  @Description(
      "Tables to draft, comma separated, * for any characters; all tables where it is absent."
          + " Example: --tables=pos.order*,pos.products")
  List<String> getTables();

  void setTables(List<String> value);

  @Description(
      "The file to write the model to; it must not exist yet. Without it the model is printed."
          + " Example: --out=vault.yaml")
  String getOut();

  void setOut(String value);
}
