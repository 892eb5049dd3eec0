package dev.larder.pipelines.command;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Small files beside the tables of a lake, wherever it lies. */
public final class LakeFiles {

  private LakeFiles() {}

  /** Writes a whole text file, in place of one that is there. */
  public static void write(String lake, String name, String text) throws IOException {
    Path path = new Path(new Path(lake), name);
    FileSystem files = path.getFileSystem(new Configuration());
    files.setWriteChecksum(false); // else Hadoop leaves a hidden .crc file beside it
    try (OutputStream out = files.create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
