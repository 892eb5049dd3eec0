package dev.larder.transforms.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.larder.transforms.Chain;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.Test;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The JSON Schema for editors says what the reader says: both come from the {@link Grammar}. After
 * a change that is meant, run this with the environment variable {@code LARDER_GOLDEN=write}.
 */
public class ModelSchemaTest {
  private static final Path SCHEMA = Path.of("..", "docs", "vault.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  public void fileIsWrittenFromTheGrammar() throws IOException {
    assertThat(Golden.of(SCHEMA, SchemaText.schema()), is(SchemaText.schema()));
  }

  @Test
  public void modelsOfTheProjectFollowIt() throws IOException {
    assertThat(problems(Chain.yaml()), is(empty()));
    for (Path file : models()) {
      assertThat(file.toString(), problems(Files.readString(file)), is(empty()));
    }
  }

  @Test
  public void itRefusesWhatTheReaderRefuses() throws IOException {
    for (String bad :
        List.of(
            "hubs: {order: {keys: a}}",
            "hubs: {my-hub: a}",
            "links: {l: {hubs: [a, b], kind: hub}}",
            "sources: {pos: {database: pos}}",
            "sources: {pos: {database: pos, record_source: R, password: hunter2}}",
            "tables: {lines: {}}",
            "tables: {s.t: {satellites: {x: {of: a}}}}",
            "tables: {s.t: {satellites: {x: {of: a, columns: [b], child: [c]}}}}",
            "tables: {s.t: {satellites: {x: {of: a, columns: [b], kind: multi_active}}}}",
            "tables: {s.t: {satellites: {x: {of: a, columns: [b], kind: xts, satellites: [y]}}}}",
            "snapshots: {daily: {keep: {daily: 90}}}",
            "defaults: {ghost: perhaps}",
            "pits: {p: {of: a, satellites: [b]}}",
            "marts: {m: {}}",
            "tables: {s.t: {a: {b: c, when_null: never}}}")) {
      assertThat(bad, problems(bad), is(not(empty())));
      assertThat(bad, report(bad), containsString(":"));
    }
  }

  private static String report(String yaml) {
    String missing =
        Stream.of("vault: v", "sources: {}", "hubs: {a: b}", "tables: {}")
            .filter(section -> !yaml.startsWith(section.substring(0, section.indexOf(':'))))
            .reduce("", (all, section) -> all + section + "\n");
    return VaultModelReader.validate("v.yaml", missing + yaml).toString();
  }

  private static List<Path> models() throws IOException {
    List<Path> models = new ArrayList<>();
    for (String root : List.of("../testdata/sandbox/src/main/resources", "src/test/resources")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        files
            .filter(file -> file.toString().endsWith(".yaml"))
            .filter(file -> isModel(file) || file.toString().contains("complete"))
            .forEach(models::add);
      }
    }
    return models;
  }

  private static boolean isModel(Path file) {
    try {
      return Files.readString(file).lines().anyMatch(line -> line.startsWith("vault: "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> problems(String yaml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SchemaText.schema());
    JsonNode model = JSON.valueToTree(value(new Yaml().compose(new StringReader(yaml))));
    return schema.validate(model).stream().map(Object::toString).toList();
  }

  /** As an editor reads YAML: numbers and flags are such, a time is a text. */
  private static Object value(Node node) {
    if (node instanceof MappingNode mapping) {
      Map<Object, Object> map = new LinkedHashMap<>();
      mapping.getValue().forEach(t -> map.put(value(t.getKeyNode()), value(t.getValueNode())));
      return map;
    }
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(ModelSchemaTest::value).toList();
    }
    String text = ((ScalarNode) node).getValue();
    if (node.getTag().equals(Tag.BOOL)) {
      return Boolean.valueOf(text);
    }
    if (node.getTag().equals(Tag.INT)) {
      return Long.valueOf(text);
    }
    return node.getTag().equals(Tag.NULL) ? null : text;
  }
}
