package dev.larder.testdata.chain;

/** The chain's two servers: orders ({@code pos}) and material consumption ({@code erp}). */
public record ChainDatabases(Database pos, Database erp) {
  /** The server that holds a table. */
  Database of(ChainTable table) {
    return table.database().equals("pos") ? pos : erp;
  }
}
