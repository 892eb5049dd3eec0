package dev.larder.pipelines.command;

import dev.larder.io.changes.SinkException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Small files beside the tables of a lake, wherever it lies. */
public final class LakeFiles {

  private LakeFiles() {}

  /** Writes a whole text file, in place of one that is there. */
  public static void write(String lake, String name, String text) throws IOException {
    Path path = new Path(new Path(lake), name);
    try (OutputStream out = files(path).create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The texts of all files in a folder of the lake, by name; none if there is no such folder. */
  public static List<String> texts(String lake, String folder) throws IOException {
    Path path = new Path(new Path(lake), folder);
    FileSystem files = files(path);
    List<String> texts = new ArrayList<>();
    if (files.exists(path)) {
      FileStatus[] found = files.listStatus(path);
      Arrays.sort(found);
      for (FileStatus file : found) {
        try (InputStream in = files.open(file.getPath())) {
          texts.add(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return texts;
  }

  /**
   * Writes a file and removes it.
   *
   * @throws SinkException if that is refused
   */
  public static void requireWritable(String lake) {
    Path probe = new Path(new Path(lake), "ops/.larder-" + UUID.randomUUID());
    try {
      FileSystem files = files(probe);
      files.create(probe, true).close();
      files.delete(probe, false);
    } catch (IOException e) {
      throw new SinkException(
          String.format(
              "--lake=%s cannot be written to: %s. Give a folder that the user who runs Larder may"
                  + " write to.",
              lake, e.getMessage()),
          e);
    }
  }

  private static FileSystem files(Path path) throws IOException {
    FileSystem files = path.getFileSystem(new Configuration());
    files.setWriteChecksum(false); // else Hadoop leaves a hidden .crc file beside each
    return files;
  }
}
