package dev.larder.transforms.vault;

import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.hash.HashInput;
import dev.larder.transforms.hash.HashProfile;
import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.BoundKey;
import dev.larder.transforms.model.KeyExpression;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.vault.RowKeys.Parent;
import java.util.List;

/** Computes the {@link RowKeys} of row images of one table schema. Not for two threads. */
final class KeyStage {

  private record HubPart(
      KeyPart[] parts, Normalisation normal, SourceTable.WhenNull whenNull, KnownKeys known) {}

  private record LinkPart(int[] hubs, KeyPart[] child) {}

  /**
   * @param column place of the column whose value is hashed by its type, as profiles of other
   *     packages do; -1 where the text is hashed
   */
  private record KeyPart(BoundKey text, int column, ColumnType type) {}

  private final HashForm form;
  private final SourceTable table;
  private final HubMappings mappings;
  private final HubPart[] hubs;
  private final LinkPart[] links;
  private final int[] keyColumns;
  private final HashInput input;
  private final byte[][] encodedHubs;

  /**
   * @throws IllegalArgumentException if the schema lacks a column that a key needs
   */
  KeyStage(VaultModel model, SourceTable table, RowSchema columns) {
    this.form = HashForm.of(model.hashing());
    this.table = table;
    this.mappings = HubMappings.of(table);
    this.input = form.input();
    this.hubs =
        mappings.all().stream()
            .map(
                hub ->
                    new HubPart(
                        bound(hub.parts(), columns),
                        model.hub(hub.hub()).normal(),
                        hub.whenNull(),
                        new KnownKeys()))
            .toArray(HubPart[]::new);
    this.links =
        table.links().stream()
            .map(link -> new LinkPart(mappings.of(link), bound(link.child(), columns)))
            .toArray(LinkPart[]::new);
    this.keyColumns = table.keyColumns().stream().mapToInt(columns::position).toArray();
    this.encodedHubs = new byte[hubs.length][];
  }

  private KeyPart[] bound(List<KeyExpression> parts, RowSchema columns) {
    return parts.stream().map(part -> bound(part, columns)).toArray(KeyPart[]::new);
  }

  private KeyPart bound(KeyExpression part, RowSchema columns) {
    BoundKey text = part.bind(columns);
    if (form.profile() != HashProfile.STRICT && part instanceof KeyExpression.Name name) {
      int position = columns.position(name.column());
      ColumnType type = columns.column(position).type();
      return new KeyPart(text, type.kind() == Kind.STRING ? -1 : position, type);
    }
    return new KeyPart(text, -1, null);
  }

  /** The mappings by whose places hubs are found in the keys. */
  HubMappings mappings() {
    return mappings;
  }

  /** The place of a hub or link in the keys. */
  Parent parent(String name) {
    List<HubMapping> own = table.hubs();
    for (int i = 0; i < own.size(); i++) {
      if (own.get(i).hub().equals(name)) {
        return new Parent(name, false, i);
      }
    }
    for (int i = 0; i < links.length; i++) {
      if (table.links().get(i).link().equals(name)) {
        return new Parent(name, true, i);
      }
    }
    throw new IllegalStateException(table.id() + " does not map " + name);
  }

  /** Whether no key can differ between two images. */
  boolean sameKeys(Object[] before, Object[] after) {
    for (int column : keyColumns) {
      if (!Values.same(before[column], after[column])) {
        return false;
      }
    }
    return true;
  }

  RowKeys keys(Object[] row) {
    RowKeys keys = new RowKeys(hubs.length, links.length);
    for (int i = 0; i < hubs.length; i++) {
      hub(i, row, keys);
    }
    for (int i = 0; i < links.length; i++) {
      link(i, row, keys);
    }
    return keys;
  }

  private void hub(int position, Object[] row, RowKeys keys) {
    HubPart hub = hubs[position];
    String[] parts = new String[hub.parts().length];
    input.clear();
    for (int i = 0; i < parts.length; i++) {
      parts[i] = add(hub.parts()[i], hub.normal(), row);
    }
    boolean absent = input.isAbsent();
    byte[] encoded = input.encoded();
    keys.hubParts[position] = parts;
    keys.hubAbsent[position] = absent;
    keys.hubs[position] =
        absent
            ? keyOfAbsent(hub.whenNull())
            : hub.known().of(encoded, () -> form.stored(input.key(form.algorithm())));
    encodedHubs[position] = encoded;
  }

  private String add(KeyPart part, Normalisation normal, Object[] row) {
    String text = part.text().text(row);
    String stored = form.profile().keepsEmptyKeys() ? normal.keep(text) : normal.apply(text);
    if (part.column() >= 0) {
      input.add(part.type(), row[part.column()]);
    } else {
      input.add(stored);
    }
    return stored;
  }

  private Object keyOfAbsent(SourceTable.WhenNull whenNull) {
    return switch (whenNull) {
      case REJECT, SKIP -> null;
      case UNKNOWN -> form.zero();
      case ERROR -> form.error();
    };
  }

  private void link(int position, Object[] row, RowKeys keys) {
    LinkPart link = links[position];
    input.clear();
    boolean isComplete = true;
    for (int hub : link.hubs()) {
      isComplete &= keys.hubs[hub] != null;
      input.addEncoded(encodedHubs[hub]);
    }
    String[] parts = new String[link.child().length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = add(link.child()[i], Normalisation.NONE, row);
    }
    keys.childParts[position] = parts;
    keys.links[position] = isComplete ? form.stored(input.key(form.algorithm())) : null;
  }
}
