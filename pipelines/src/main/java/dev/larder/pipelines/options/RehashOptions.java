package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Which tables of the vault are made anew. */
public interface RehashOptions extends ModelOptions, LakeOptions {

  @Description(
      "Tables of the vault, comma separated, * for any characters. Those that hold the hashes that"
          + " the model asks for are left as they are. Example:"
          + " --tables=vault/hub_order,vault/sat_order*")
  List<String> getTables();

  void setTables(List<String> value);

  @Description("All tables whose hashes differ from what the model asks for, in place of --tables.")
  @Default.Boolean(false)
  boolean getAll();

  void setAll(boolean value);
}
