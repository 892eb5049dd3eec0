package dev.larder.io.kafka.connect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.larder.io.changes.SinkException;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;

/**
 * The file in which Debezium's embedded engine keeps where it stands, for engines that run without
 * Kafka Connect: {@code offset.storage=org.apache.kafka.connect.storage.FileOffsetBackingStore},
 * {@code offset.storage.file.filename} is the file, {@code name} the connector's name.
 *
 * <p>Source: Kafka's FileOffsetBackingStore writes a serialised {@code HashMap<byte[], byte[]>};
 * keys and values are JSON as its offset storage writes them.
 */
public final class OffsetsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private OffsetsFile() {}

  /**
   * Writes a file with one place; one that is there is left alone: an engine has gone on from it.
   *
   * @param connector the engine's {@code name}
   * @return whether it was written
   * @throws SinkException if it cannot be written
   */
  public static boolean create(Path file, String connector, SourceOffset offset) {
    ArrayNode key = JSON.createArrayNode();
    JsonNode whole = offset.toJson();
    key.add(connector).add(whole.get("partition"));
    ObjectNode value = (ObjectNode) whole.get("offset");
    HashMap<byte[], byte[]> entries = new HashMap<>();
    entries.put(bytes(key), bytes(value));
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path made = file.resolveSibling(file.getFileName() + ".new");
      try (OutputStream stream = Files.newOutputStream(made);
          ObjectOutputStream out = new ObjectOutputStream(stream)) {
        out.writeObject(entries);
      }
      return moved(made, file);
    } catch (IOException e) {
      throw new SinkException(
          "The offsets file "
              + file
              + " cannot be written: "
              + e.getMessage()
              + ". Give a folder that the user who runs Larder may write to: --offsetsDir=DIR",
          e);
    }
  }

  /** A file is there whole or not at all. */
  private static boolean moved(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.delete(from);
    }
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }
}
