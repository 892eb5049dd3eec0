package dev.larder.transforms.model;

import dev.larder.transforms.model.ColumnChoice.AllExcept;
import dev.larder.transforms.model.ColumnChoice.Listed;
import dev.larder.transforms.model.ColumnChoice.Taken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the choice of columns that a satellite, a link or a history takes. */
final class Columns {
  private static final String EXPECTED =
      "a list of columns, {NAME: COLUMN}, \"*\" or {except: [COLUMN]}";

  private Columns() {}

  /** The choice at a key; none where the key is missing. */
  static ColumnChoice read(Map<String, Element> entries, String key) {
    return entries.containsKey(key) ? read(entries.get(key)) : ColumnChoice.NONE;
  }

  static ColumnChoice read(Element element) {
    if (!element.isMap()) {
      return element.isText() && element.text("").equals("*")
          ? new AllExcept(List.of())
          : listed(element);
    }
    Map<String, Element> entries = element.map("");
    if (entries.size() == 1 && entries.containsKey("except") && !entries.get("except").isText()) {
      return new AllExcept(entries.get("except").texts("a list of columns"));
    }
    List<Taken> columns = new ArrayList<>();
    entries.forEach(
        (name, column) -> {
          refuse(column, List.of(name), VaultNames.technical());
          columns.add(new Taken(name, column.text("the name of a column")));
        });
    return new Listed(columns);
  }

  private static ColumnChoice listed(Element element) {
    List<Taken> columns = new ArrayList<>();
    for (Element column : element.list(EXPECTED)) {
      String name = column.text("the name of a column");
      refuse(column, List.of(name), VaultNames.technical());
      if (columns.stream().anyMatch(taken -> taken.name().equals(name))) {
        column.report(ModelErrors.twiceInList(name));
      } else if (!name.isEmpty()) {
        columns.add(new Taken(name, name));
      }
    }
    return new Listed(columns);
  }

  /** Reports names that a history uses for itself, or that stand in its key and its columns. */
  static void refuseInHistory(Element history, List<ColumnChoice> choices) {
    List<String> names = new ArrayList<>();
    for (ColumnChoice choice : choices) {
      if (choice instanceof Listed listed) {
        listed.columns().forEach(taken -> names.add(taken.name()));
      }
    }
    for (int i = 0; i < names.size(); i++) {
      if (VaultNames.technicalOfHistory().contains(names.get(i))) {
        history.report(ModelErrors.technicalName(names.get(i)));
      } else if (names.indexOf(names.get(i)) < i) {
        history.report(ModelErrors.twiceInList(names.get(i)));
      }
    }
  }

  /** Reports names of columns that the vault itself uses. */
  static void refuse(Element element, List<String> names, List<String> technical) {
    for (String name : names) {
      if (technical.contains(name)) {
        element.report(ModelErrors.technicalName(name));
      }
    }
  }
}
