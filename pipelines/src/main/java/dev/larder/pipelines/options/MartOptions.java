package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;

/** Marts built by SQL over the vault. */
public interface MartOptions extends ModelOptions, LakeOptions {

  @Description("Marts to build, comma separated; all marts of the model where it is absent.")
  List<String> getMarts();

  void setMarts(List<String> value);
}
