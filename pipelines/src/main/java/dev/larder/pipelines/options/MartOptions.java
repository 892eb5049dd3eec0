package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;

/** Business satellites, PITs, bridges and marts: what is computed from the vault. */
public interface MartOptions extends ModelOptions, LakeOptions {

  @Description(
      "What to build, comma separated names of business satellites, PITs, bridges and marts of the"
          + " model; without it, all of them. Example: --only=product_pit,sales_daily")
  List<String> getOnly();

  void setOnly(List<String> value);

  @Description(
      "The newest instant of PITs and bridges is not after this one, UTC; without it, not after the"
          + " last load. Example: --asOf=2024-03-31T23:59:59Z")
  String getAsOf();

  void setAsOf(String value);

  @Description("Marts to build, comma separated; as --only.")
  List<String> getMarts();

  void setMarts(List<String> value);
}
