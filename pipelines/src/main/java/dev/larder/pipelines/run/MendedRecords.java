package dev.larder.pipelines.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.larder.io.changes.LogPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records that somebody has mended, by the place they came from: a file of JSON lines. */
final class MendedRecords {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A mended record.
   *
   * @param key null where the letter's own is to be taken
   */
  record Mended(byte[] key, byte[] value) {}

  private MendedRecords() {}

  /**
   * @param file null for none
   * @throws dev.larder.io.changes.UserException if it cannot be read, with the line
   */
  static Map<LogPlace, Mended> read(String file) {
    Map<LogPlace, Mended> records = new HashMap<>();
    if (file == null) {
      return records;
    }
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw ReplayErrors.noFile(file, e);
    }
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        add(file, i + 1, lines.get(i), records);
      }
    }
    return records;
  }

  private static void add(String file, int line, String text, Map<LogPlace, Mended> records) {
    JsonNode record;
    try {
      record = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw ReplayErrors.noRecord(file, line, "it is not JSON");
    }
    for (String name : List.of("partition", "offset")) {
      if (!record.path(name).isIntegralNumber()) {
        throw ReplayErrors.noRecord(file, line, "it has no number \"" + name + "\"");
      }
    }
    if (!record.path("topic").isTextual()) {
      throw ReplayErrors.noRecord(file, line, "it has no text \"topic\"");
    }
    byte[] value = bytes(file, line, record, "value");
    if (value == null) {
      throw ReplayErrors.noRecord(file, line, "it has neither \"value\" nor \"value64\"");
    }
    records.put(
        new LogPlace(
            record.path("topic").asText(),
            record.path("partition").asInt(),
            record.path("offset").asLong()),
        new Mended(bytes(file, line, record, "key"), value));
  }

  private static byte[] bytes(String file, int line, JsonNode record, String name) {
    JsonNode text = record.path(name);
    if (text.isTextual()) {
      return text.asText().getBytes(StandardCharsets.UTF_8);
    }
    if (text.isContainerNode()) {
      return text.toString().getBytes(StandardCharsets.UTF_8);
    }
    try {
      JsonNode encoded = record.path(name + "64");
      return encoded.isTextual() ? Base64.getDecoder().decode(encoded.asText()) : null;
    } catch (IllegalArgumentException e) {
      throw ReplayErrors.noRecord(file, line, "\"" + name + "64\" is no Base64");
    }
  }
}
