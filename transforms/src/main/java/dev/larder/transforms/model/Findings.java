package dev.larder.transforms.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;

/** Collects mistakes and places while a file is read. */
final class Findings {
  private final String file;
  private final List<Finding> all = new ArrayList<>();
  private final Map<String, ModelPlaces.Place> places = new HashMap<>();

  Findings(String file) {
    this.file = file;
  }

  void place(String path, Mark mark) {
    places.putIfAbsent(path, new ModelPlaces.Place(mark.getLine() + 1, mark.getColumn() + 1));
  }

  void add(Mark mark, String path, String message) {
    int line = mark == null ? 1 : mark.getLine() + 1;
    int column = mark == null ? 1 : mark.getColumn() + 1;
    all.add(new Finding(file, line, column, path, message));
  }

  ModelPlaces places() {
    return new ModelPlaces(file, places);
  }

  ValidationReport report() {
    return ValidationReport.of(all);
  }
}
