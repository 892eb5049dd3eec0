package dev.larder.transforms.vault;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.SecretRef;
import dev.larder.io.changes.Values;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts keyed hashes in the place of some columns of a row: HMAC-SHA-256 of the value's canonical
 * text ({@link Values#text}, UTF-8) by a secret, as 64 lower hexadecimal digits; absent stays
 * absent. Equal values stay equal, so that they can still be compared and joined. Hash diffs are
 * made of the masked values: they give nothing away that the columns do not.
 *
 * <p>Not for two threads.
 */
final class Masking {
  private static final String ALGORITHM = "HmacSHA256";

  private final Mac mac;
  private final RowSchema source;
  private final RowSchema schema;
  private final int[] positions;

  private Masking(Mac mac, RowSchema source, RowSchema schema, int[] positions) {
    this.mac = mac;
    this.source = source;
    this.schema = schema;
    this.positions = positions;
  }

  /**
   * @param columns names of the source's columns to mask; those that it lacks are left out
   * @throws dev.larder.io.changes.UserException if the secret cannot be found here
   */
  static Masking of(SecretRef secret, RowSchema source, Set<String> columns) {
    List<Column> masked = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      Column column = source.column(i);
      if (columns.contains(column.name())) {
        positions.add(i);
        masked.add(Column.nullable(column.name(), ColumnType.STRING));
      } else {
        masked.add(column);
      }
    }
    return new Masking(
        positions.isEmpty() ? null : mac(secret),
        source,
        positions.isEmpty() ? source : RowSchema.of(masked),
        positions.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Mac mac(SecretRef secret) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      byte[] key = secret.resolve().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  /** The source's columns as they are after masking. */
  RowSchema schema() {
    return schema;
  }

  /** The row itself where nothing is masked, else a copy. */
  Object[] row(Object[] row) {
    if (positions.length == 0) {
      return row;
    }
    Object[] masked = row.clone();
    for (int position : positions) {
      if (row[position] != null) {
        String text = Values.text(source.column(position).type(), row[position]);
        byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        masked[position] = HexFormat.of().formatHex(digest);
      }
    }
    return masked;
  }
}
