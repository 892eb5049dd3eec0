package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;

/** An older version of a table. */
public interface RestoreOptions extends LakeOptions {

  @Description("The table's path below the lake. Example: --table=vault/hub_order")
  @Validation.Required
  String getTable();

  void setTable(String value);

  @Description("The version to restore; `larder history` shows them.")
  Long getVersion();

  void setVersion(Long value);

  @Description(
      "Restore the version that was the latest at this time, UTC."
          + " Example: --timestamp=2026-11-01T00:00:00Z")
  String getTimestamp();

  void setTimestamp(String value);
}
