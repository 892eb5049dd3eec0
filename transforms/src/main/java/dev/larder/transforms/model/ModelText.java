package dev.larder.transforms.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The model's file and those that it includes, as one structure whose marks know their files.
 * Sections that are maps of names are put together; anything else may stand in one file only.
 */
final class ModelText {
  static final String INCLUDE = "include";
  private static final Set<String> WHOLE =
      Set.of("vault", "hashing", "time", "defaults", "masking");

  private final Function<String, Optional<String>> files;
  private final Findings findings;
  private final Set<String> seen = new HashSet<>();
  private final Map<String, NodeTuple> sections = new LinkedHashMap<>();

  ModelText(Function<String, Optional<String>> files, Findings findings) {
    this.files = files;
    this.findings = findings;
  }

  /**
   * @return the whole model, or null if the file has no map
   */
  Node read(String file, String yaml) {
    Node root = composed(file, yaml);
    if (!(root instanceof MappingNode mapping)) {
      return root;
    }
    add(file, mapping);
    List<NodeTuple> all = new ArrayList<>(sections.values());
    return new MappingNode(
        root.getTag(), true, all, root.getStartMark(), root.getEndMark(), mapping.getFlowStyle());
  }

  private void add(String file, MappingNode mapping) {
    seen.add(file);
    List<Node> includes = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(INCLUDE)) {
        includes.add(tuple.getValueNode());
      } else {
        section(tuple);
      }
    }
    includes.forEach(include -> include(file, include));
  }

  private void section(NodeTuple tuple) {
    String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    NodeTuple first = sections.putIfAbsent(name, tuple);
    if (first == null) {
      return;
    }
    if (!WHOLE.contains(name)
        && isOfOtherFile(first, tuple)
        && first.getValueNode() instanceof MappingNode there
        && tuple.getValueNode() instanceof MappingNode here) {
      List<NodeTuple> all = new ArrayList<>(there.getValue());
      all.addAll(here.getValue());
      Node together =
          new MappingNode(
              there.getTag(),
              true,
              all,
              there.getStartMark(),
              there.getEndMark(),
              there.getFlowStyle());
      sections.put(name, new NodeTuple(first.getKeyNode(), together));
    } else {
      findings.twice(name, name, first.getKeyNode().getStartMark(), tuple.getKeyNode());
    }
  }

  private static boolean isOfOtherFile(NodeTuple first, NodeTuple tuple) {
    return !first
        .getKeyNode()
        .getStartMark()
        .getName()
        .equals(tuple.getKeyNode().getStartMark().getName());
  }

  private void include(String file, Node include) {
    if (include instanceof SequenceNode list) {
      list.getValue().forEach(entry -> include(file, entry));
      return;
    }
    Mark mark = include.getStartMark();
    if (!(include instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
      findings.add(mark, INCLUDE, ModelErrors.expected("the path of a file", "a structure"));
      return;
    }
    String path = normal(file.substring(0, file.lastIndexOf('/') + 1) + scalar.getValue());
    if (!seen.add(path)) {
      findings.add(mark, INCLUDE, ModelErrors.includedTwice(scalar.getValue()));
      return;
    }
    Optional<String> yaml = files.apply(path);
    if (yaml.isEmpty()) {
      findings.add(mark, INCLUDE, ModelErrors.fileNotThere(scalar.getValue(), path));
      return;
    }
    Node root = composed(path, yaml.get());
    if (root instanceof MappingNode mapping) {
      add(path, mapping);
    } else if (root != null) {
      findings.add(root.getStartMark(), "", ModelErrors.expected("a map of sections", "no map"));
    }
  }

  /** Without {@code .} and {@code ..}, so that one file has one name. */
  private static String normal(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      int last = parts.size() - 1;
      if (part.equals("..")
          && last >= 0
          && !parts.get(last).equals("..")
          && !parts.get(last).isEmpty()) {
        parts.remove(last);
      } else if (!part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private Node composed(String file, String yaml) {
    LoaderOptions options = new LoaderOptions();
    try {
      return new Composer(
              new ParserImpl(new NamedReader(file, yaml), options), new Resolver(), options)
          .getSingleNode();
    } catch (MarkedYAMLException e) {
      findings.add(e.getProblemMark(), "", ModelErrors.syntax(e.getProblem()));
    } catch (ReaderException e) {
      Mark mark = new Mark(file, 0, line(yaml, e.getPosition()), 0, new int[0], 0);
      findings.add(
          mark,
          "",
          ModelErrors.syntax(String.format("it has the character U+%04X", e.getCodePoint())));
    } catch (YAMLException e) {
      findings.add(new Mark(file, 0, 0, 0, new int[0], 0), "", ModelErrors.syntax(e.getMessage()));
    }
    return null;
  }

  private static int line(String yaml, int position) {
    return (int) yaml.chars().limit(position).filter(c -> c == '\n').count();
  }

  /** Gives marks the name of the file. */
  private static final class NamedReader extends StreamReader {
    private final String file;

    NamedReader(String file, String yaml) {
      super(yaml);
      this.file = file;
    }

    @Override
    public Mark getMark() {
      Mark mark = super.getMark();
      return new Mark(
          file,
          mark.getIndex(),
          mark.getLine(),
          mark.getColumn(),
          mark.getBuffer(),
          mark.getPointer());
    }
  }
}
