package dev.larder.io.delta.log;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * A checksum of a version's actions, which its commitInfo carries as the tag {@value #TAG}: a file
 * that was cut at the end of a line, or lost a bit, would be read wrongly without it. Others pass
 * over it, and do not write one.
 */
final class LineChecksum {
  static final String TAG = "larder.crc32c";

  private LineChecksum() {}

  /**
   * @param lines what follows commitInfo, in order
   */
  static String of(List<String> lines) {
    CRC32C sum = new CRC32C();
    for (String line : lines) {
      sum.update(line.getBytes(StandardCharsets.UTF_8));
      sum.update('\n');
    }
    return String.format(Locale.ROOT, "%08x", sum.getValue());
  }
}
