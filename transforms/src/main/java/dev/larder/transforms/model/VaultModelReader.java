package dev.larder.transforms.model;

import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a {@link VaultModel} from the text of its YAML files and finds all mistakes in them. */
public final class VaultModelReader {
  private final String file;
  private final Findings findings;
  private final Function<String, Optional<String>> files;

  private VaultModelReader(String file, Function<String, Optional<String>> files) {
    this.file = file;
    this.findings = new Findings(file);
    this.files = files;
  }

  /**
   * @param file the name to show in messages; what it includes is named relative to it
   * @param yaml the file's text
   * @param files gives the text of an included file by its name, empty if there is none
   * @throws UserException with every mistake, one a line
   */
  public static VaultModel read(
      String file, String yaml, Function<String, Optional<String>> files) {
    VaultModelReader reader = new VaultModelReader(file, files);
    VaultModel model = reader.model(yaml);
    reader.findings.report().orThrow();
    return model;
  }

  /**
   * Reads a model of one file.
   *
   * @throws UserException with every mistake, one a line
   */
  public static VaultModel read(String file, String yaml) {
    return read(file, yaml, name -> Optional.empty());
  }

  /** All mistakes that can be found in the texts alone. */
  public static ValidationReport validate(
      String file, String yaml, Function<String, Optional<String>> files) {
    VaultModelReader reader = new VaultModelReader(file, files);
    reader.model(yaml);
    return reader.findings.report();
  }

  /** All mistakes that can be found in the text of one file alone. */
  public static ValidationReport validate(String file, String yaml) {
    return validate(file, yaml, name -> Optional.empty());
  }

  /**
   * All mistakes in the texts or, if they have none, in how they fit the tables that are there.
   *
   * @param catalogue the tables of the sources
   */
  public static ValidationReport validate(
      String file,
      String yaml,
      Function<String, Optional<String>> files,
      Map<TableId, TableSchema> catalogue) {
    VaultModelReader reader = new VaultModelReader(file, files);
    VaultModel model = reader.model(yaml);
    ValidationReport report = reader.findings.report();
    return report.isClean() ? report.and(ModelCheck.check(model, catalogue)) : report;
  }

  /** All mistakes of one file, and if it has none, in how it fits the tables that are there. */
  public static ValidationReport validate(
      String file, String yaml, Map<TableId, TableSchema> catalogue) {
    return validate(file, yaml, name -> Optional.empty(), catalogue);
  }

  /** The model as far as it could be read; of use only if nothing was found. */
  private VaultModel model(String yaml) {
    Map<String, Element> top = top(yaml);
    String name = Names.text(top, "vault", "a name", "");
    Names.checked(top.get("vault"), name);
    SettingsReader settings = new SettingsReader(top);
    Defaults defaults = settings.defaults();
    Map<String, Source> sources = new SourcesReader().read(top.get("sources"));
    Map<String, Hub> hubs = new HubsReader().read(top.get("hubs"));
    Map<String, Link> links = new LinksReader(hubs).read(top.get("links"));
    TablesReader tablesReader = new TablesReader(sources, hubs, links, settings);
    Map<TableId, SourceTable> tables = tablesReader.read(top.get("tables"));
    HelpersReader helpers = new HelpersReader(tablesReader, tables);
    Map<String, Snapshot> snapshots = new SnapshotsReader().read(top.get("snapshots"));
    VaultModel model =
        new VaultModel(
            name,
            settings.hashing(),
            settings.openEnd(),
            defaults,
            settings.maskSecret(),
            sources,
            hubs,
            links,
            tables,
            snapshots,
            helpers.pits(top.get("pits"), snapshots),
            helpers.bridges(top.get("bridges"), snapshots),
            helpers.business(top.get("business")),
            helpers.marts(top.get("marts")),
            findings.places());
    if (findings.report().isClean()) {
      UnusedCheck.warn(model, findings);
    }
    return model;
  }

  private Map<String, Element> top(String yaml) {
    Node root = new ModelText(files, findings).read(file, yaml);
    if (root == null) {
      if (findings.report().isClean()) {
        findings.add(null, "", "the file is empty. A model begins with vault: NAME.");
      }
      return Map.of();
    }
    return Element.root(root, findings).map(Grammar.MODEL);
  }
}
