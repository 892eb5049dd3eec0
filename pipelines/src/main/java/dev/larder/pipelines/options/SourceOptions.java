package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Which databases. */
public interface SourceOptions extends PipelineOptions {

  @Description(
      "A source of the model and where its MySQL is; repeat it for each. The password is a"
          + " reference: env:NAME or file:PATH. Example:"
          + " --source=pos=mysql://larder@db1:3306/pos?password=env:POS_PASSWORD")
  List<String> getSource();

  void setSource(List<String> value);
}
