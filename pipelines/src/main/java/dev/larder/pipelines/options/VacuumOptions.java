package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Description;

/** Files that no version needs. */
public interface VacuumOptions extends LakeTablesOptions {

  @Description(
      "For how long files stay after no version needs them, ISO-8601; the table's own retention"
          + " (delta.deletedFileRetentionDuration, 7 days if not set) where it is absent."
          + " Example: --retention=P14D")
  String getRetention();

  void setRetention(String value);

  @Description("Only say what would be deleted.")
  boolean getDryRun();

  void setDryRun(boolean value);

  @Description(
      "Allow a --retention shorter than the table's own. Right only while nothing else reads or"
          + " writes the tables.")
  boolean getForce();

  void setForce(boolean value);
}
