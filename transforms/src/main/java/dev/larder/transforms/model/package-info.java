/**
 * The vault's model: one YAML file as immutable values, its reader, and its check against the
 * tables that are really there. Pure: no Beam, no file or network access, no clock. Every mistake
 * is reported with its line, all at once.
 *
 * <p>Grammar (what RULES 14 names beyond this is refused as "not supported yet"):
 *
 * <pre>{@code
 * vault: NAME
 * hashing: {profile: strict, algorithm: sha256 | sha1 | md5, store: binary}
 * time: {open_end: 9999-12-31T00:00:00Z}
 * sources:
 *   SOURCE: {database: NAME, record_source: TEXT, url: TEXT, user: TEXT, password: env:NAME | file:PATH, topic_prefix: TEXT}
 * hubs:
 *   HUB: PART | [PART, ...] | {key: PART | [PART, ...], normal: none | trim | upper | lower | upper_trim | lower_trim}
 * links:
 *   LINK: {hubs: [HUB, ...], child: [CHILD, ...], kind: relation | transaction}
 * tables:
 *   SOURCE.TABLE:
 *     key: [COLUMN, ...]                    # only where the table declares no primary key
 *     load: append | dedup                  # of its transaction links; default dedup
 *     HUB: EXPRESSION | {PART: EXPRESSION, ..., when_null: reject | unknown | error}
 *     links: [LINK, ...] | {LINK: {CHILD: EXPRESSION, ..., columns: COLUMNS, applied: COLUMN}}
 *     satellites: {NAME: {of: HUB | LINK, columns: COLUMNS, untracked: [COLUMN, ...]}}
 *     history: {NAME: {load: scd2, key: COLUMNS, columns: COLUMNS}}
 * marts:
 *   MART: {sql: PATH}
 * }</pre>
 *
 * <p>COLUMNS is a list of columns, a map {@code {NAME: COLUMN}} that renames them, {@code "*"} (all
 * columns that no key expression of the table uses), or {@code {except: [COLUMN, ...]}}. EXPRESSION
 * is described at {@link dev.larder.transforms.model.KeyExpression}.
 */
package dev.larder.transforms.model;
