package dev.larder.io.kafka.connect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.SinkException;
import java.io.ObjectInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** Read as Kafka's FileOffsetBackingStore reads: a serialised map of byte arrays. */
public class OffsetsFileTest {
  private static final SourceOffset P0 =
      new SourceOffset("pos", "binlog.000003", 157, "24bc7850-2c16-11e6-a073-0242ac110002:1-5");

  @Rule public final TemporaryFolder folder = new TemporaryFolder();

  @Test
  public void holdsTheKeyAndThePlaceAsTheEngineWritesThem() throws Exception {
    Path file = folder.getRoot().toPath().resolve("engine/larder-pos.offsets");

    assertThat(OffsetsFile.create(file, "larder-pos", P0), is(true));

    assertThat(
        read(file),
        is(
            Map.of(
                "[\"larder-pos\",{\"server\":\"pos\"}]",
                "{\"file\":\"binlog.000003\",\"pos\":157,"
                    + "\"gtids\":\"24bc7850-2c16-11e6-a073-0242ac110002:1-5\"}")));
  }

  @Test
  public void aFileThatIsThereIsLeftAlone() throws Exception {
    Path file = folder.getRoot().toPath().resolve("larder-pos.offsets");
    OffsetsFile.create(file, "larder-pos", P0);
    byte[] before = Files.readAllBytes(file);

    boolean created =
        OffsetsFile.create(file, "larder-pos", new SourceOffset("pos", "binlog.000009", 4, null));

    assertThat(created, is(false));
    assertThat(Files.readAllBytes(file), is(before));
    assertThat(folder.getRoot().list().length, is(1));
  }

  @Test
  public void saysWhereItCannotWrite() throws Exception {
    Path file = folder.newFile("taken").toPath().resolve("larder-pos.offsets");

    SinkException e =
        assertThrows(SinkException.class, () -> OffsetsFile.create(file, "larder-pos", P0));

    assertThat(e.getMessage(), startsWith("The offsets file " + file + " cannot be written: "));
  }

  @SuppressWarnings({"unchecked", "BanSerializableRead"}) // the format is Kafka's
  private static Map<String, String> read(Path file) throws Exception {
    Map<String, String> entries = new TreeMap<>();
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
      ((Map<byte[], byte[]>) in.readObject())
          .forEach(
              (key, value) ->
                  entries.put(
                      new String(key, StandardCharsets.UTF_8),
                      new String(value, StandardCharsets.UTF_8)));
    }
    return entries;
  }
}
