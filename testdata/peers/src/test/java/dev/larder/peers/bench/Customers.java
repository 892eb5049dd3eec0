package dev.larder.peers.bench;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Column;
import dev.larder.io.changes.ColumnType;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.RowSchema;
import dev.larder.io.changes.Sequence;
import dev.larder.io.changes.TableId;
import dev.larder.io.changes.TableSchema;
import dev.larder.transforms.model.VaultModel;
import dev.larder.transforms.model.VaultModelReader;
import dev.larder.transforms.vault.VaultTables;
import java.math.BigDecimal;
import java.util.Map;

/** A source table of customers as changes, and the vault of one hub and one satellite. */
final class Customers {
  static final String SATELLITE = "vault/sat_customer_shop";

  /** 2026-01-01 00:00:00 UTC. */
  static final long START = 1_767_225_600_000_000L;

  static final long DAY = 86_400_000_000L;

  static final TableSchema TABLE =
      new TableSchema(
          TableId.parse("shop.customers"),
          RowSchema.of(
              Column.required("customer_no", ColumnType.INT),
              Column.nullable("name", ColumnType.STRING),
              Column.nullable("status", ColumnType.STRING),
              Column.nullable("city", ColumnType.STRING),
              Column.nullable("amount", ColumnType.decimal(12, 2))),
          java.util.List.of("customer_no"));

  private static final String MODEL =
      """
      vault: bench
      hashing: {profile: strict, algorithm: sha256}
      sources: {shop: {database: shop, record_source: SHOP}}
      hubs: {customer: {key: customer_no}}
      tables:
        shop.customers:
          customer: customer_no
          satellites: {customer_shop: {of: customer, columns: [name, status, city, amount]}}
      """;

  private static final String[] STATUS = {"new", "regular", "premium", "closed"};
  private static final String[] CITIES = {"Wien", "Graz", "Linz", "Salzburg", "Innsbruck"};

  private Customers() {}

  static VaultTables vault(int buckets) {
    VaultModel model = VaultModelReader.read("bench.vault.yaml", MODEL);
    return VaultTables.of(model, Map.of(TABLE.id(), TABLE), buckets);
  }

  /** The change that makes a version of a customer; version 0 is a snapshot's row. */
  static ChangeRecord change(long customer, int version) {
    Object[] row = row(customer, version);
    long committed = START + version * DAY;
    Sequence sequence = new Sequence(1 + version, customer, 0);
    return version == 0
        ? ChangeRecord.read(TABLE, row, committed, sequence)
        : new ChangeRecord(
            TABLE,
            Operation.UPDATE,
            row(customer, version - 1),
            row,
            committed,
            sequence,
            Origin.LOG,
            null);
  }

  private static Object[] row(long customer, int version) {
    long mixed = customer * 0x9E3779B97F4A7C15L + version;
    return new Object[] {
      customer,
      "customer number " + customer % 1_000_003,
      STATUS[(int) (mixed >>> 20 & 3)],
      CITIES[(int) (mixed >>> 24 & 0xFF) % CITIES.length],
      BigDecimal.valueOf(customer % 999_983 + version, 2)
    };
  }
}
