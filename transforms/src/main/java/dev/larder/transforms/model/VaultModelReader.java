package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.changes.Values;
import dev.larder.transforms.hash.HashAlgorithm;
import java.io.StringReader;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a {@link VaultModel} from the text of its YAML file and finds all mistakes in it. */
public final class VaultModelReader {
  private static final List<String> KEYS =
      List.of("vault", "hashing", "time", "sources", "hubs", "links", "tables", "marts");
  private static final Set<String> LATER =
      Set.of("defaults", "snapshots", "pits", "bridges", "references", "include");
  private static final String DEFAULT_OPEN_END = "9999-12-31T00:00:00Z";

  private final Findings findings;

  private VaultModelReader(String file) {
    this.findings = new Findings(file);
  }

  /**
   * @param file the name to show in messages
   * @param yaml the file's text
   * @throws UserException with every mistake, one a line
   */
  public static VaultModel read(String file, String yaml) {
    VaultModelReader reader = new VaultModelReader(file);
    VaultModel model = reader.model(yaml);
    reader.findings.report().orThrow();
    return model;
  }

  /** All mistakes that can be found in the text alone. */
  public static ValidationReport validate(String file, String yaml) {
    VaultModelReader reader = new VaultModelReader(file);
    reader.model(yaml);
    return reader.findings.report();
  }

  /**
   * All mistakes in the text or, if it has none, in how it fits the tables that are there.
   *
   * @param catalogue the tables of the sources
   */
  public static ValidationReport validate(
      String file, String yaml, Map<TableId, TableSchema> catalogue) {
    VaultModelReader reader = new VaultModelReader(file);
    VaultModel model = reader.model(yaml);
    ValidationReport report = reader.findings.report();
    return report.isClean() ? ModelCheck.check(model, catalogue) : report;
  }

  /** The model as far as it could be read; of use only if nothing was found. */
  private VaultModel model(String yaml) {
    Map<String, Element> top = parse(yaml);
    String name = required(top, "vault", "Add vault: NAME.");
    Hashing hashing = hashing(top.get("hashing"));
    long openEnd = openEnd(top.get("time"));
    Map<String, Source> sources = new SourcesReader().read(top.get("sources"));
    BusinessReader business = new BusinessReader();
    Map<String, Hub> hubs = business.hubs(top.get("hubs"));
    Map<String, Link> links = business.links(top.get("links"), hubs);
    Map<TableId, SourceTable> tables =
        new TablesReader(sources, hubs, links).read(top.get("tables"));
    Map<String, Mart> marts = marts(top.get("marts"));
    return new VaultModel(
        name, hashing, openEnd, sources, hubs, links, tables, marts, findings.places());
  }

  private Map<String, Element> parse(String yaml) {
    try {
      Node root =
          new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
      if (root == null) {
        findings.add(null, "", "the file is empty. A model begins with vault: NAME.");
        return Map.of();
      }
      Element element = Element.root(root, findings);
      Map<String, Element> top = element.map("a map with " + KEYS, KEYS, LATER);
      if (element.isMap()) {
        for (String key : List.of("vault", "sources", "hubs", "tables")) {
          if (!top.containsKey(key)) {
            element.report(
                ModelErrors.missing(key, "A model has vault, sources, hubs and tables."));
          }
        }
      }
      return top;
    } catch (MarkedYAMLException e) {
      findings.add(e.getProblemMark(), "", ModelErrors.syntax(e.getProblem()));
      return Map.of();
    }
  }

  private static String required(Map<String, Element> entries, String key, String remedy) {
    Element element = entries.get(key);
    return element == null ? "" : Names.checked(element, element.text("a name. " + remedy));
  }

  private static Hashing hashing(Element element) {
    HashAlgorithm algorithm = HashAlgorithm.SHA256;
    if (element != null) {
      Map<String, Element> entries =
          element.map(
              "a map like {profile: strict, algorithm: sha256}",
              List.of("profile", "algorithm", "store"),
              Set.of());
      Names.oneOf(
          entries.get("profile"),
          "hash profile",
          List.of(Hashing.Profile.STRICT.id()),
          Set.of("automate-dv", "datavault4dbt-v2"));
      Names.oneOf(entries.get("store"), "form of hashes", List.of("binary"), Set.of("hex"));
      String id =
          Names.oneOf(
              entries.get("algorithm"),
              "hash algorithm",
              List.of("sha256", "sha1", "md5"),
              Set.of());
      if (!id.isEmpty()) {
        algorithm = HashAlgorithm.valueOf(id.toUpperCase(Locale.ROOT));
      }
    }
    return new Hashing(Hashing.Profile.STRICT, algorithm);
  }

  private static long openEnd(Element time) {
    String text = DEFAULT_OPEN_END;
    Element element = null;
    if (time != null) {
      element =
          time.map(
                  "a map like {open_end: 9999-12-31T00:00:00Z}",
                  List.of("open_end"),
                  Set.of("load", "sequence", "applied"))
              .get("open_end");
      text = element == null ? text : element.text("a time like 9999-12-31T00:00:00Z");
    }
    try {
      return Values.micros(Instant.parse(text));
    } catch (DateTimeParseException e) {
      if (!text.isEmpty()) {
        element.report(ModelErrors.noInstant(text));
      }
      return 0;
    }
  }

  private static Map<String, Mart> marts(Element element) {
    Map<String, Mart> marts = new LinkedHashMap<>();
    if (element != null) {
      element
          .map("a map of marts")
          .forEach(
              (name, mart) -> {
                Names.checked(mart, name);
                Element sql =
                    mart.map("a map like {sql: PATH}", List.of("sql"), Set.of("partition"))
                        .get("sql");
                if (sql != null) {
                  marts.put(name, new Mart(name, sql.text("the path of a query")));
                } else if (mart.isMap()) {
                  mart.report(ModelErrors.missing("sql", "Add sql: PATH, the mart's query."));
                }
              });
    }
    return marts;
  }
}
