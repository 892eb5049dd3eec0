package dev.larder.transforms.plan;

import dev.larder.transforms.model.Hub;
import dev.larder.transforms.model.KeyExpression;
import dev.larder.transforms.model.Link;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.SourceTable.RoleMapping;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import dev.larder.transforms.vault.VaultTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the hash key in the first column of a vault table is made of, as properties of the table:
 *
 * <ul>
 *   <li>{@value #KEY}: the parts in the order in which they are hashed, with their normalisation:
 *       {@code pizzeria.country upper_trim, pizzeria.code upper_trim};
 *   <li>{@value #FROM}{@code <source>.<table>}: the expressions by which a source table gives them:
 *       {@code upper(land), lpad(unit_no, 5, '0')}.
 * </ul>
 */
public final class HashInputs {
  /** Property with the parts of the key. */
  public static final String KEY = "larder.hash.key";

  /** What properties with the expressions of a source table begin with. */
  public static final String FROM = "larder.hash.from.";

  private static final String SUFFIX = VaultNames.hashKey("");

  private final VaultModel model;

  private HashInputs(VaultModel model) {
    this.model = model;
  }

  /** The properties of a table; empty for one without a hash key. */
  public static Map<String, String> of(VaultModel model, VaultTable table) {
    String first = table.spec().schema().column(0).name();
    String parent =
        first.endsWith(SUFFIX) ? first.substring(0, first.length() - SUFFIX.length()) : "";
    Map<String, String> properties = new TreeMap<>();
    HashInputs inputs = new HashInputs(model);
    if (model.hubs().containsKey(parent)) {
      properties.put(KEY, inputs.parts(parent, model.hub(parent)));
    } else if (model.links().containsKey(parent)) {
      properties.put(KEY, inputs.parts(model.link(parent)));
    } else {
      return properties;
    }
    for (SourceTable source : inputs.feeding(table)) {
      String from = inputs.expressions(source, parent);
      if (!from.isEmpty()) {
        properties.put(FROM + source.id(), from);
      }
    }
    return properties;
  }

  private String parts(String role, Hub hub) {
    String normal = " " + hub.normal().id();
    return hub.key().stream()
        .map(part -> role + "." + part + normal)
        .collect(Collectors.joining(", "));
  }

  private String parts(Link link) {
    List<String> parts = new ArrayList<>();
    link.roles().forEach(role -> parts.add(parts(role.name(), model.hub(role.hub()))));
    parts.addAll(link.child());
    return String.join(", ", parts);
  }

  /** The one source of a satellite; for a hub or link, all tables. */
  private List<SourceTable> feeding(VaultTable table) {
    List<SourceTable> ofSatellite =
        model.tables().values().stream().filter(source -> describes(source, table.name())).toList();
    return ofSatellite.isEmpty() ? List.copyOf(model.tables().values()) : ofSatellite;
  }

  private static boolean describes(SourceTable source, String table) {
    boolean isSatellite =
        source.satellites().stream().anyMatch(s -> VaultNames.satellite(s).equals(table));
    boolean isStatus =
        source.hubs().stream().anyMatch(h -> VaultNames.status(h.hub(), source.id()).equals(table))
            || source.links().stream()
                .anyMatch(l -> VaultNames.status(l.link(), source.id()).equals(table));
    return isSatellite || isStatus;
  }

  private String expressions(SourceTable source, String parent) {
    Set<String> ways = new LinkedHashSet<>();
    if (model.hubs().containsKey(parent)) {
      source.hubs().stream().filter(h -> h.hub().equals(parent)).forEach(h -> ways.add(text(h)));
      for (LinkMapping link : source.links()) {
        link.roles().stream()
            .map(RoleMapping::mapping)
            .filter(mapping -> mapping.hub().equals(parent))
            .forEach(mapping -> ways.add(text(mapping)));
      }
      return String.join(" and ", ways);
    }
    for (LinkMapping link : source.links()) {
      if (link.link().equals(parent)) {
        link.roles().forEach(role -> ways.add(role.role() + " " + text(role.mapping())));
        link.child().forEach(child -> ways.add(text(child)));
      }
    }
    return String.join("; ", ways);
  }

  private static String text(HubMapping mapping) {
    return mapping.parts().stream().map(HashInputs::text).collect(Collectors.joining(", "));
  }

  private static String text(KeyExpression expression) {
    if (expression instanceof KeyExpression.Name name) {
      return name.column();
    }
    if (expression instanceof KeyExpression.Text literal) {
      return "'" + literal.value() + "'";
    }
    if (expression instanceof KeyExpression.Cast cast) {
      return String.format(
          "cast(%s as %s%s)",
          text(cast.argument()),
          cast.target().id(),
          cast.format() == null ? "" : " format " + cast.format().text());
    }
    KeyExpression.Call call = (KeyExpression.Call) expression;
    return call.arguments().stream()
        .map(HashInputs::text)
        .collect(Collectors.joining(", ", call.function().id() + "(", ")"));
  }
}
