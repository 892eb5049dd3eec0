package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** A page for people. */
public interface ReportOptions extends LakeOptions {

  @Description("The HTML file to write: one file that needs nothing outside of it.")
  @Default.String("report.html")
  String getReport();

  void setReport(String value);
}
