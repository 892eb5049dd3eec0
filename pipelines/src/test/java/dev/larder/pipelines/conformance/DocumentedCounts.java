package dev.larder.pipelines.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cases by structure as docs/conformance.md has them: {@code "passed of all"}. */
final class DocumentedCounts {
  private static final Pattern LINE =
      Pattern.compile("\\| (\\w+) \\|[^|]*\\| (\\d+) \\| (\\d+) \\|");
  private static final String ALL = "all";

  private DocumentedCounts() {}

  static Map<String, String> read() throws IOException {
    Map<String, String> counts = new TreeMap<>();
    Path page = Path.of(System.getProperty("larder.root", ".."), "docs", "conformance.md");
    for (String line : Files.readAllLines(page)) {
      Matcher row = LINE.matcher(line);
      if (row.matches()) {
        counts.put(row.group(1), row.group(3) + " of " + row.group(2));
      }
    }
    return counts;
  }

  /** The same of a report. */
  static Map<String, String> of(Report report) {
    Map<String, String> counts = new TreeMap<>();
    report
        .byStructure()
        .forEach(
            (structure, count) -> counts.put(structure, count[0] + " of " + (count[0] + count[1])));
    int all = report.outcomes().size();
    counts.put(ALL, all - report.failed().size() + " of " + all);
    return counts;
  }
}
