package dev.larder.transforms.vault;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Values;
import dev.larder.transforms.hash.HashAlgorithm;
import dev.larder.transforms.hash.HashInput;
import dev.larder.transforms.hash.HashKey;
import dev.larder.transforms.hash.Normalisation;
import dev.larder.transforms.model.BoundKey;
import dev.larder.transforms.model.KeyExpression;
import dev.larder.transforms.model.SourceTable;
import dev.larder.transforms.model.SourceTable.HubMapping;
import dev.larder.transforms.model.SourceTable.LinkMapping;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.vault.RowKeys.Parent;
import java.util.List;

/** Computes the {@link RowKeys} of row images of one table schema. Not for two threads. */
final class KeyStage {

  private record HubPart(BoundKey[] parts, Normalisation normal, SourceTable.WhenNull whenNull) {}

  private record LinkPart(int[] hubs, BoundKey[] child) {}

  private final HashAlgorithm algorithm;
  private final SourceTable table;
  private final HubPart[] hubs;
  private final LinkPart[] links;
  private final int[] keyColumns;
  private final HashInput input = HashInput.strict();
  private final byte[][] encodedHubs;

  /**
   * @throws IllegalArgumentException if the schema lacks a column that a key needs
   */
  KeyStage(VaultModel model, SourceTable table, RowSchema columns) {
    this.algorithm = model.hashing().algorithm();
    this.table = table;
    this.hubs =
        table.hubs().stream()
            .map(
                hub ->
                    new HubPart(
                        bound(hub.parts(), columns), model.hub(hub.hub()).normal(), hub.whenNull()))
            .toArray(HubPart[]::new);
    this.links =
        table.links().stream()
            .map(link -> new LinkPart(hubsOf(model, link), bound(link.child(), columns)))
            .toArray(LinkPart[]::new);
    this.keyColumns = table.keyColumns().stream().mapToInt(columns::position).toArray();
    this.encodedHubs = new byte[hubs.length][];
  }

  private static BoundKey[] bound(List<KeyExpression> parts, RowSchema columns) {
    return parts.stream().map(part -> part.bind(columns)).toArray(BoundKey[]::new);
  }

  private int[] hubsOf(VaultModel model, LinkMapping mapping) {
    List<String> mapped = table.hubs().stream().map(HubMapping::hub).toList();
    return model.link(mapping.link()).hubs().stream().mapToInt(mapped::indexOf).toArray();
  }

  /** The place of a hub or link in the keys. */
  Parent parent(String name) {
    for (int i = 0; i < hubs.length; i++) {
      if (table.hubs().get(i).hub().equals(name)) {
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
    boolean absent = true;
    input.clear();
    for (int i = 0; i < parts.length; i++) {
      parts[i] = hub.normal().apply(hub.parts()[i].text(row));
      absent &= parts[i] == null;
      input.add(parts[i]);
    }
    keys.hubParts[position] = parts;
    keys.hubAbsent[position] = absent;
    keys.hubs[position] = absent ? keyOfAbsent(hub.whenNull()) : input.key(algorithm);
    encodedHubs[position] = links.length == 0 ? null : input.encoded();
  }

  private byte[] keyOfAbsent(SourceTable.WhenNull whenNull) {
    return switch (whenNull) {
      case REJECT, SKIP -> null;
      case UNKNOWN -> HashKey.unknown(algorithm);
      case ERROR -> HashKey.error(algorithm);
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
      parts[i] = Normalisation.NONE.apply(link.child()[i].text(row));
      input.add(parts[i]);
    }
    keys.childParts[position] = parts;
    keys.links[position] = isComplete ? input.key(algorithm) : null;
  }
}
