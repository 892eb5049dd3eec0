package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Dead letters that are put back. */
public interface ReplayOptions extends ModelOptions, LakeOptions, SourceOptions, RegistryOptions {

  @Description(
      "A file with records that were mended, one JSON object a line: topic, partition, offset, and"
          + " value as text (or value64 in Base64), key or key64 where that was mended too. They are"
          + " taken in place of what the letters hold. Example: --mended=mended.jsonl")
  String getMended();

  void setMended(String value);

  @Description(
      "Letters that one step of a replay takes at the most; it goes on until all are asked.")
  @Default.Integer(10_000)
  int getMaxLetters();

  void setMaxLetters(int value);
}
