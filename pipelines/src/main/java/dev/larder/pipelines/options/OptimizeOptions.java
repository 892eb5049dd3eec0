package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;

/** Files of tables, made larger or clustered. */
public interface OptimizeOptions extends LakeTablesOptions {

  @Description(
      "Size that files are to have, about: bytes, or with KiB, MiB, GiB; what the table's property"
          + " delta.targetFileSize says where it is absent, else 128MiB.")
  String getTargetFileSize();

  void setTargetFileSize(String value);

  @Description(
      "Columns to cluster rows by, 1 to 4, comma separated: filters on them read fewer files."
          + " Without it files are only made larger, and clustered ones left alone."
          + " Example: --clusterBy=ordered_at,pizzeria_hk")
  List<String> getClusterBy();

  void setClusterBy(List<String> value);
}
