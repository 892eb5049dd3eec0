package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Kind;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.io.changes.UserException;
import dev.larder.transforms.hash.HashDiff;
import dev.larder.transforms.hash.HashInput;
import dev.larder.transforms.hash.HashProfile;
import dev.larder.transforms.model.BusinessSatellite;
import dev.larder.transforms.model.Hashing;
import dev.larder.transforms.model.Hub;
import dev.larder.transforms.model.Satellite;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultNames;
import java.util.List;
import java.util.Map;

/**
 * Makes the rows of a business satellite from what its query returns: the parent's hash key (or the
 * hub's business key, of which it is then made), optionally {@code _loaded_at}, and the payload,
 * which is all other columns. Rows without a key are left out. Not for use by two threads.
 */
public final class BusinessRows {
  private final VaultModel model;
  private final RowSchema result;
  private final VaultStructure structure;
  private final RowSchema columns;
  private final long loadedAt;
  private final HashProfile profile;
  private final int hashKey;
  private final int[] businessKey;
  private final int loadTime;
  private final int[] payload;
  private final HashDiff diff;
  private final Hub hub;
  private final TableSpec spec;

  /**
   * @param result the query's columns
   * @param loadedAt of rows whose query tells none, microseconds since the epoch
   * @throws UserException if the query returns no key, no payload, or a load time that is no time
   */
  public BusinessRows(
      VaultModel model, BusinessSatellite satellite, RowSchema result, long loadedAt) {
    this.model = model;
    this.result = result;
    this.loadedAt = loadedAt;
    this.profile = model.hashing().profile();
    this.hub = model.hubs().get(satellite.parent());
    String key = VaultNames.hashKey(satellite.parent());
    this.hashKey = result.find(key);
    this.businessKey = businessKey(satellite, key);
    this.loadTime = loadTime(satellite);
    List<String> names =
        result.names().stream()
            .filter(name -> !name.equals(key) && !name.equals(VaultNames.LOADED_AT))
            .filter(name -> hashKey >= 0 || !hub.key().contains(name))
            .toList();
    if (names.isEmpty()) {
      throw BusinessErrors.noPayload(satellite, result.names());
    }
    this.payload = names.stream().mapToInt(result::position).toArray();
    this.diff = new HashDiff(profile, model.hashing().algorithm(), result, names);
    this.structure = structure(satellite, key, names);
    this.columns = RowSchema.of(structure.columns());
    this.spec = structure.spec(VaultNames.business(satellite.name()), 1, properties(names));
  }

  private int[] businessKey(BusinessSatellite satellite, String key) {
    if (hashKey >= 0) {
      if (result.column(hashKey).type().kind() != hashType().kind()) {
        throw BusinessErrors.keyType(satellite, result.column(hashKey), hashType());
      }
      return new int[0];
    }
    if (hub == null || hub.key().stream().anyMatch(part -> result.find(part) < 0)) {
      throw BusinessErrors.noKey(
          satellite, key, hub == null ? List.of() : hub.key(), result.names());
    }
    return hub.key().stream().mapToInt(result::position).toArray();
  }

  private int loadTime(BusinessSatellite satellite) {
    int position = result.find(VaultNames.LOADED_AT);
    if (position >= 0) {
      Kind kind = result.column(position).type().kind();
      if (kind != Kind.TIMESTAMP && kind != Kind.DATETIME) {
        throw BusinessErrors.loadTime(satellite, result.column(position));
      }
    }
    return position;
  }

  private VaultStructure structure(BusinessSatellite satellite, String key, List<String> names) {
    Stamps stamps =
        new Stamps(
            List.of(
                Column.required(VaultNames.LOADED_AT, ColumnType.TIMESTAMP),
                Column.required(VaultNames.RECORD_SOURCE, ColumnType.STRING)),
            VaultNames.LOADED_AT);
    Satellites.Satellite versions =
        new Satellites.Satellite(
            Column.required(key, hashType()),
            Column.required(VaultNames.HASH_DIFF, hashType()),
            names.stream()
                .map(name -> Column.nullable(name, result.column(result.position(name)).type()))
                .toList(),
            stamps,
            Satellites.Deletes.NOTHING);
    return satellite.load() == Satellite.Load.SCD2
        ? new Satellites.Scd2Satellite(versions, List.of(), model.openEnd())
        : versions;
  }

  private ColumnType hashType() {
    return model.hashing().store() == Hashing.Store.HEX ? ColumnType.STRING : ColumnType.BINARY;
  }

  private Map<String, String> properties(List<String> names) {
    return Map.of(
        "larder.model", model.name(),
        "larder.structure", "business",
        "larder.hash.profile", profile.id(),
        "larder.hash.algorithm", model.hashing().algorithm().id(),
        "larder.hash.columns", String.join(",", names));
  }

  /** The satellite as a sink needs it. */
  public TableSpec spec() {
    return spec;
  }

  /** The satellite's columns, in the order of {@link #row}. */
  public RowSchema columns() {
    return columns;
  }

  /**
   * The satellite's row of a row of the result; null if it has no key.
   *
   * @param values canonical values
   */
  public Object[] row(Object[] values) {
    Object key = hashKey >= 0 ? values[hashKey] : stored(key(values));
    if (key == null) {
      return null;
    }
    Object time = loadTime < 0 || values[loadTime] == null ? loadedAt : values[loadTime];
    Object[] row = new Object[columns.size()];
    row[0] = key;
    row[1] = stored(diff.of(values));
    row[columns.position(VaultNames.LOADED_AT)] = time;
    row[columns.position(VaultNames.RECORD_SOURCE)] = "business";
    for (int position : payload) {
      row[columns.position(result.column(position).name())] = values[position];
    }
    int from = columns.find(VaultNames.EFFECTIVE_FROM);
    if (from >= 0) {
      row[from] = time;
    }
    return row;
  }

  private byte[] key(Object[] values) {
    HashInput input = profile.input();
    boolean isThere = false;
    for (int i = 0; i < businessKey.length; i++) {
      Object value = values[businessKey[i]];
      String text =
          value == null
              ? null
              : dev.larder.io.changes.Values.text(result.column(businessKey[i]).type(), value);
      String normal = text == null ? null : hub.normal().apply(text);
      isThere |= normal != null;
      input.add(normal);
    }
    return isThere ? input.key(model.hashing().algorithm()) : null;
  }

  private Object stored(byte[] hash) {
    return hash == null || hashType().kind() == Kind.BINARY ? hash : profile.hex(hash);
  }
}
