package dev.larder.transforms.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A node of the file with its path. Its accessors report what is not as they expect and go on with
 * something harmless, so that one reading finds all mistakes.
 */
final class Element {
  private final Node node;
  private final Mark mark;
  private final String path;
  private final Findings findings;

  private Element(Node node, Mark mark, String path, Findings findings) {
    this.node = node;
    this.mark = mark;
    this.path = path;
    this.findings = findings;
    findings.place(path, mark);
  }

  static Element root(Node node, Findings findings) {
    return new Element(node, node.getStartMark(), "", findings);
  }

  /** A path that stands in this element's file, as it is seen from the model's file. */
  String beside(String relative) {
    return findings.beside(mark, relative);
  }

  String path() {
    return path;
  }

  void report(String message) {
    findings.add(mark, path, message);
  }

  /**
   * Reports a mistake in a text that stands on one line.
   *
   * @param position the character of the text, from 1
   */
  void report(String message, int position) {
    boolean isPlain = ((ScalarNode) node).getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
    findings.add(mark, position - (isPlain ? 1 : 0), path, message);
  }

  boolean isText() {
    return node instanceof ScalarNode && !isAbsent();
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  /** A key without a value. */
  boolean isAbsent() {
    return node.getTag().equals(Tag.NULL);
  }

  /** The text of a scalar; empty, and reported, for anything else. */
  String text(String expected) {
    if (isText()) {
      return ((ScalarNode) node).getValue();
    }
    report(ModelErrors.expected(expected, found()));
    return "";
  }

  /** The elements of a list; a single text is a list of one. */
  List<Element> list(String expected) {
    if (isText()) {
      return List.of(this);
    }
    List<Element> elements = new ArrayList<>();
    if (node instanceof SequenceNode sequence) {
      for (Node child : sequence.getValue()) {
        elements.add(
            new Element(child, child.getStartMark(), path + "[" + elements.size() + "]", findings));
      }
    } else {
      report(ModelErrors.expected(expected, found()));
    }
    return elements;
  }

  /** Texts of a list; a text that stands twice is reported. */
  List<String> texts(String expected) {
    List<String> texts = new ArrayList<>();
    for (Element element : list(expected)) {
      String text = element.text(expected);
      if (texts.contains(text)) {
        element.report(ModelErrors.twiceInList(text));
      } else if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  /** The entries of a map in order; a key that stands twice is reported. */
  Map<String, Element> map(String expected) {
    Map<String, Element> entries = new LinkedHashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      report(ModelErrors.expected(expected, found()));
      return entries;
    }
    for (NodeTuple tuple : mapping.getValue()) {
      Node key = tuple.getKeyNode();
      Node value = tuple.getValueNode();
      if (!(key instanceof ScalarNode scalar)) {
        findings.add(
            key.getStartMark(), path, ModelErrors.expected("a name as key", "a structure"));
        continue;
      }
      boolean onOneLine = value instanceof ScalarNode && !value.getTag().equals(Tag.NULL);
      Mark at = onOneLine ? value.getStartMark() : key.getStartMark();
      String child = path.isEmpty() ? scalar.getValue() : path + "." + scalar.getValue();
      if (entries.containsKey(scalar.getValue())) {
        findings.twice(child, scalar.getValue(), entries.get(scalar.getValue()).mark, key);
      } else {
        entries.put(scalar.getValue(), new Element(value, at, child, findings));
      }
    }
    return entries;
  }

  /** The entries of a map of a shape; unknown keys, and those that are missing, are reported. */
  Map<String, Element> map(Shape shape) {
    Map<String, Element> entries = map(shape, List.of());
    if (isMap()) {
      needAll(shape, entries, "");
    }
    return entries;
  }

  /**
   * The entries of a map of a shape; keys that neither the shape nor the model knows are reported.
   *
   * @param names of the model, that may be keys here too
   */
  Map<String, Element> map(Shape shape, List<String> names) {
    Map<String, Element> entries = map("a map like " + shape.like());
    List<String> known = new ArrayList<>(names);
    known.addAll(shape.names());
    for (Map.Entry<String, Element> entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        entry.getValue().report(ModelErrors.unknown("key", entry.getKey(), known));
      }
    }
    return entries;
  }

  /** Reports what a map of a kind must have and has not. */
  void needAll(Shape shape, Map<String, Element> entries, String kind) {
    for (Shape.Key key : shape.keys()) {
      if (key.isRequired() && key.isOf(kind) && !entries.containsKey(key.name())) {
        report(ModelErrors.missing(key));
      }
    }
  }

  private String found() {
    if (isAbsent()) {
      return "nothing";
    }
    return isList() ? "a list" : isMap() ? "a map" : "\"" + ((ScalarNode) node).getValue() + "\"";
  }
}
