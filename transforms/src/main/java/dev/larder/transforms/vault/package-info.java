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
 * <p>{@link dev.larder.transforms.vault.Structures} and {@link
 * dev.larder.transforms.vault.Satellites} are the one place that says which columns a structure has
 * and how rows are loaded into it; a model's tables are made of them, and so may be others.
 *
 * <table>
 * <caption>Tables and their columns</caption>
 * <tr><th>table</th><th>columns</th><th>rule</th></tr>
 * <tr><td>{@code vault/hub_<h>}</td><td>{@code <h>_hk}, the key's parts as normalised text, technical</td><td>insert if absent</td></tr>
 * <tr><td>{@code vault/link_<l>}</td><td>{@code <l>_hk}, {@code <role>_hk} of each role, child keys, technical; of a transaction also its payload, and {@code counter} where corrections are counted</td><td>insert if absent; transactions append, insert if absent or count</td></tr>
 * <tr><td>{@code vault/sat_<s>}</td><td>{@code <parent>_hk}, {@code hashdiff}, child keys of a multi-active one, technical, {@code deleted} where deletes are flagged, tracked and untracked columns; with stored ends {@code Current}, {@code EffectiveFrom}, {@code EffectiveTo}</td><td>insert if {@code hashdiff} changed; SCD2; a multi-active set if the set changed</td></tr>
 * <tr><td>{@code vault/sat_<s>}, effectivity</td><td>{@code <link>_hk}, {@code <role>_hk} with the driving ones first, {@code EffectiveFrom}, {@code EffectiveTo}, technical</td><td>open and close by driving key</td></tr>
 * <tr><td>{@code vault/sts_<parent>_<source>_<table>}</td><td>{@code <parent>_hk}, {@code status} I or D, technical</td><td>insert if {@code status} changed</td></tr>
 * <tr><td>{@code vault/sts_<s>}, declared</td><td>the same with U</td><td>every event</td></tr>
 * <tr><td>{@code vault/rts_<s>}</td><td>{@code <parent>_hk}, technical</td><td>insert if absent by key, {@code _loaded_at} and {@code record_source}</td></tr>
 * <tr><td>{@code vault/xts_<s>}</td><td>{@code <parent>_hk}, {@code hashdiff}, {@code satellite}, technical</td><td>insert if absent by the first three and the order</td></tr>
 * <tr><td>{@code vault/ref_<r>}</td><td>key, technical, columns; with stored ends as a history</td><td>insert if absent, if changed, or SCD2</td></tr>
 * <tr><td>{@code vault/<history>}</td><td>declared columns, {@code Current}, {@code EffectiveFrom}, {@code EffectiveTo}</td><td>SCD2</td></tr>
 * </table>
 *
 * Technical columns: {@code _loaded_at}, {@code _seq}, {@code record_source}. Hash columns are
 * BINARY or hexadecimal text, as the model says.
 *
 * <p><b>Order</b>: versions of a key are ordered by {@code _seq}; where a table's rows bring their
 * load time, by {@code _loaded_at}, and so are multi-active sets and the relations of extracts,
 * whose rows of one load time belong together. Extracts ({@code extract: full | partial}) are for
 * tables that are read, not for streams: a single change of such a table is taken for all that its
 * driving key has.
 *
 * <p><b>Deletes</b>: a status satellite belongs to every link that a table loads and to every hub
 * or link with a satellite of one version a key, be it a row or a set; a key lives if the latest
 * row of its status satellite says I. A flagged delete is a version with hash diff {@code 00..0}
 * and no payload, the same for DELETE and TRUNCATE. A multi-active row that is deleted leaves such
 * a version too: its key is gone when its last row is.
 *
 * <p><b>Masks</b>: masked columns are hashed with the model's secret before anything of the vault
 * is stored, and hash diffs are made of the masked values. Bronze keeps what the source said.
 *
 * <p>Limits: a hub or link key must identify at most one row of each table that loads its standard
 * satellite, else the delete of one row marks the key deleted while another row lives. Sets are
 * read whole, so that the rows that a set still has make it live again in the same read. TRUNCATE
 * takes no counted event back where several tables feed the link (a dead letter says so).
 *
 * <p><b>Untracked columns</b> make no version. Where rows are only added, a version keeps the
 * values with which it began; with stored ends it has those of its last row, which is written in
 * its place: a column that changes all the time costs a file each time. Where a late row cuts such
 * a version in two, both have the values of the later part.
 *
 * <p><b>Late rows</b> take their place, unless the satellite says otherwise: {@link
 * dev.larder.transforms.vault.LatePolicies}.
 */
package dev.larder.transforms.vault;
