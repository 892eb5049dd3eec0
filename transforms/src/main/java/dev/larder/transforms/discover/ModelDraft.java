package dev.larder.transforms.discover;

import dev.larder.io.changes.TableFacts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Drafts a model of databases: a table with a key of its own becomes a hub with a satellite, its
 * foreign keys become links that the hub drives, tables between tables become links, numbered lines
 * links with a child key, small lists of codes reference tables, events transactions. What is
 * guessed is marked with its reason.
 *
 * <p><b>Guarantees</b>: the text is a model that fits the tables; the same facts give the same
 * text. Tables that cannot be drafted are named in comments.
 */
public final class ModelDraft {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_$-]+");

  private final List<DiscoveredSource> sources;
  private final DraftNames names = new DraftNames();
  private final DraftNames satellites = new DraftNames();
  private final Map<String, DraftHub> hubs = new LinkedHashMap<>();
  private final Map<String, DraftLink> links = new LinkedHashMap<>();
  private final Map<String, DraftTable> tables = new LinkedHashMap<>();

  private ModelDraft(List<DiscoveredSource> sources) {
    this.sources = sources;
  }

  /**
   * The model's text in YAML.
   *
   * @param vault the model's name
   */
  public static String of(String vault, List<DiscoveredSource> sources) {
    ModelDraft draft = new ModelDraft(sources);
    for (DiscoveredSource source : sources) {
      draft.add(source);
    }
    return new DraftText(Yaml.name(vault), draft.sources, draft.hubs, draft.links, draft.tables)
        .yaml();
  }

  private void add(DiscoveredSource source) {
    List<TableFacts> named =
        source.tables().stream().filter(table -> NAME.matcher(table.name()).matches()).toList();
    Nouns nouns = Nouns.of(named);
    Map<String, TableShape> shapes = Shapes.of(named, nouns);
    SourceDraft ofSource =
        new SourceDraft(source, named, nouns, shapes, names, satellites, hubs, links);
    ofSource.hubs();
    for (TableFacts table : source.tables()) {
      DraftTable drafted =
          named.contains(table)
              ? ofSource.table(table)
              : SourceDraft.leftOut(source, table, "a model cannot spell its name");
      tables.put(drafted.id, drafted);
    }
  }
}
