/**
 * Loading a Data Vault: the tables that a model asks for, the rows that a change means in them, and
 * what the vault must hold for a row of a source. {@link dev.larder.transforms.vault.VaultStager}
 * and what it is made of are pure; {@link dev.larder.transforms.vault.LoadVault} brings them to
 * Beam. Knows nothing of how rows are stored: each table's {@link dev.larder.io.changes.LoadRule}
 * tells a sink what to do.
 *
 * <p>Rows of the same key are ordered by the sequence of their source. Load times are the times at
 * which the source committed ({@code _loaded_at} is data), so that the same changes give the same
 * vault, however and whenever they are loaded.
 *
 * <table>
 * <caption>Tables and their columns</caption>
 * <tr><th>table</th><th>columns</th><th>rule</th></tr>
 * <tr><td>{@code vault/hub_<h>}</td><td>{@code <h>_hk}, the key's parts as normalised text, technical</td><td>insert if absent</td></tr>
 * <tr><td>{@code vault/link_<l>}</td><td>{@code <l>_hk}, {@code <hub>_hk} of each hub, child keys, technical; of a transaction also its payload</td><td>insert if absent; transactions with {@code load: append} append</td></tr>
 * <tr><td>{@code vault/sat_<s>}</td><td>{@code <parent>_hk}, {@code hashdiff}, technical, tracked and untracked columns</td><td>insert if {@code hashdiff} changed</td></tr>
 * <tr><td>{@code vault/sts_<parent>_<source>_<table>}</td><td>{@code <parent>_hk}, {@code status} I or D, technical</td><td>insert if {@code status} changed</td></tr>
 * <tr><td>{@code vault/<history>}</td><td>declared columns, {@code Current}, {@code EffectiveFrom}, {@code EffectiveTo}</td><td>SCD2</td></tr>
 * </table>
 *
 * Technical columns: {@code _loaded_at}, {@code _seq}, {@code record_source}.
 *
 * <p>A status satellite belongs to every hub with a satellite and to every link that a table loads.
 * A key lives if the latest row of its status satellite says I.
 *
 * <p>Limits: a hub or link key must identify at most one row of each table that loads its
 * satellite, else the delete of one row marks the key deleted while another row lives. TRUNCATE is
 * sent to the dead letters.
 */
package dev.larder.transforms.vault;
