package dev.larder.transforms.model;

import dev.larder.transforms.model.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** Collects mistakes and places while files are read; marks have the names of their files. */
final class Findings {
  private final String file;
  private final List<Finding> all = new ArrayList<>();
  private final Map<String, ModelPlaces.Place> places = new HashMap<>();

  /**
   * @param file the model's own, which includes the others
   */
  Findings(String file) {
    this.file = file;
  }

  void place(String path, Mark mark) {
    places.putIfAbsent(
        path, new ModelPlaces.Place(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1));
  }

  void add(Mark mark, String path, String message) {
    add(mark, 0, path, message);
  }

  /**
   * @param offset characters after the mark
   */
  void add(Mark mark, int offset, String path, String message) {
    add(
        mark == null
            ? new ModelPlaces.Place(file, 1, 1)
            : new ModelPlaces.Place(
                mark.getName(), mark.getLine() + 1, mark.getColumn() + 1 + offset),
        path,
        message,
        Severity.MISTAKE);
  }

  /** Adds something that may be a mistake, at an element that was read. */
  void warn(String path, String message) {
    add(places().of(path), path, message, Severity.WARNING);
  }

  private void add(ModelPlaces.Place at, String path, String message, Severity severity) {
    all.add(new Finding(at.file(), at.line(), at.column(), path, message, severity));
  }

  /** Reports a key that stands twice: where it stands again, and in two files at both places. */
  void twice(String path, String name, Mark first, Node again) {
    Mark second = again.getStartMark();
    if (first.getName().equals(second.getName())) {
      add(second, path, ModelErrors.twiceInMap(name, first.getLine() + 1));
    } else {
      add(first, path, ModelErrors.twiceInFiles(name, second));
      add(second, path, ModelErrors.twiceInFiles(name, first));
    }
  }

  /** The path of a file that another file names, as it is seen from the model's own file. */
  String beside(Mark mark, String relative) {
    String at = mark.getName().substring(0, mark.getName().lastIndexOf('/') + 1);
    String home = file.substring(0, file.lastIndexOf('/') + 1);
    return relative.startsWith("/") || !at.startsWith(home)
        ? relative
        : at.substring(home.length()) + relative;
  }

  ModelPlaces places() {
    return new ModelPlaces(file, places);
  }

  ValidationReport report() {
    return ValidationReport.of(all);
  }
}
