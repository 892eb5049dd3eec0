package dev.larder.pipelines.verbs;

import dev.larder.io.changes.SinkException;
import dev.larder.io.changes.TableFacts;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.UserException;
import dev.larder.io.jdbc.Connections;
import dev.larder.io.jdbc.SchemaFacts;
import dev.larder.io.jdbc.Source;
import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.DiscoverOptions;
import dev.larder.transforms.discover.DiscoveredSource;
import dev.larder.transforms.discover.ModelDraft;
import dev.larder.transforms.model.Suggestions;
import dev.larder.transforms.model.ValidationReport;
import dev.larder.transforms.model.VaultModelReader;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code larder discover}. */
public final class DiscoverVerb implements Verb<DiscoverOptions> {

  @Override
  public String name() {
    return "discover";
  }

  @Override
  public String summary() {
    return "Drafts a model from the keys, names and statistics of databases; guesses are marked.";
  }

  @Override
  public String example() {
    return "larder discover --source=pos=mysql://larder@db:3306/pos?password=env:POS_PASSWORD"
        + " --out=vault.yaml";
  }

  @Override
  public Class<DiscoverOptions> options() {
    return DiscoverOptions.class;
  }

  @Override
  public void run(DiscoverOptions options, Console console, RunReport report) {
    Path out = options.getOut() == null ? null : Path.of(options.getOut());
    if (out != null && Files.exists(out)) {
      throw exists(out, null);
    }
    List<DiscoveredSource> sources = sources(options);
    String yaml = ModelDraft.of(sources.get(0).database(), sources);
    if (out == null) {
      console.line("%s", yaml.stripTrailing());
    } else {
      write(out, yaml);
    }
    int tables = sources.stream().mapToInt(source -> source.tables().size()).sum();
    report.put("tables", tables);
    ValidationReport mistakes =
        VaultModelReader.validate(out == null ? "draft" : out.toString(), yaml, catalogue(sources));
    if (!mistakes.isClean()) {
      console.line("# The draft needs a hand before it can be used:");
      mistakes.findings().forEach(finding -> console.line("# %s", finding));
    }
    if (out != null) {
      console.line(
          "%s: a draft of %d tables with %d guesses. Read them, then: larder validate --model=%s",
          out, tables, yaml.lines().filter(line -> line.contains("# guess: ")).count(), out);
    }
  }

  private static List<DiscoveredSource> sources(DiscoverOptions options) {
    if (options.getSource() == null || options.getSource().isEmpty()) {
      throw new UserException(
          "Which database? Give --source=NAME=mysql://USER@HOST:3306/DATABASE?password=env:NAME");
    }
    Map<String, DiscoveredSource> sources = new LinkedHashMap<>();
    for (String option : options.getSource()) {
      Source source = Source.parse(option);
      if (sources.put(source.name(), found(source)) != null) {
        throw new UserException(
            "--source=" + source.name() + "=... is given twice. Give each source its own name.");
      }
    }
    List<DiscoveredSource> wanted = new ArrayList<>();
    List<Pattern> patterns = patterns(options.getTables());
    for (DiscoveredSource source : sources.values()) {
      List<TableFacts> tables =
          source.tables().stream().filter(table -> isWanted(table, patterns)).toList();
      if (!tables.isEmpty()) {
        wanted.add(new DiscoveredSource(source.name(), source.database(), tables));
      }
    }
    requireSome(options, sources, wanted);
    return wanted;
  }

  private static void requireSome(
      DiscoverOptions options, Map<String, DiscoveredSource> found, List<DiscoveredSource> wanted) {
    if (!wanted.isEmpty()) {
      return;
    }
    List<String> known =
        found.values().stream()
            .flatMap(source -> source.tables().stream())
            .map(table -> table.table().id().toString())
            .toList();
    if (known.isEmpty()) {
      throw new UserException(
          "There is no table that the user may see in "
              + found.values().stream()
                  .map(DiscoveredSource::database)
                  .collect(Collectors.joining(", "))
              + ". Correct the database's name, or grant SELECT on it.");
    }
    String words = String.join(",", options.getTables());
    throw new UserException(
        "--tables=" + words + ": there is no such table. " + Suggestions.known(words, known));
  }

  private static DiscoveredSource found(Source source) {
    try (Connection connection = Connections.open(source)) {
      return new DiscoveredSource(
          source.name(), source.database(), SchemaFacts.read(source, connection));
    } catch (SQLException e) {
      throw new IllegalStateException("closing a connection to " + source.address(), e);
    }
  }

  private static List<Pattern> patterns(List<String> words) {
    return words == null
        ? List.of()
        : words.stream()
            .map(
                word ->
                    Pattern.compile(
                        Arrays.stream(word.split("\\*", -1))
                            .map(Pattern::quote)
                            .collect(Collectors.joining(".*"))))
            .toList();
  }

  private static boolean isWanted(TableFacts table, List<Pattern> patterns) {
    String name = table.table().id().toString();
    return patterns.isEmpty()
        || patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
  }

  private static Map<TableId, TableSchema> catalogue(List<DiscoveredSource> sources) {
    Map<TableId, TableSchema> catalogue = new LinkedHashMap<>();
    sources.forEach(
        source ->
            source.tables().forEach(table -> catalogue.put(table.table().id(), table.table())));
    return catalogue;
  }

  private static void write(Path out, String yaml) {
    try {
      Files.writeString(out, yaml, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw exists(out, e);
    } catch (IOException e) {
      throw new SinkException(
          "--out=" + out + " cannot be written (" + e + "). Name a file in a folder that is there.",
          e);
    }
  }

  private static UserException exists(Path out, IOException cause) {
    return new UserException(
        "--out=" + out + " is there already and is never overwritten. Name another file.", cause);
  }
}
