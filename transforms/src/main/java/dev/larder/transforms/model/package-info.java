/**
 * The vault's model: one YAML file as immutable values, its reader, and its check against the
 * tables that are really there. Pure: no Beam, no file or network access, no clock. Every mistake
 * is reported with its line, all at once.
 *
 * <p>Grammar:
 *
 * <pre>{@code
 * vault: NAME
 * include: [PATH, ...]
 * hashing: {profile: strict | automate-dv | datavault4dbt-v2, algorithm: sha256 | sha1 | md5, store: binary | hex}
 * time: {open_end: 9999-12-31T00:00:00Z}
 * defaults: {load: insert_only | scd2, deletes: track | flag | close | ignore, late: insert | reject | quarantine, ghost: true | false}
 * masking: {secret: env:NAME | file:PATH}
 * sources:
 *   SOURCE: {database: NAME, record_source: TEXT, url: TEXT, user: TEXT, password: env:NAME | file:PATH, topic_prefix: TEXT}
 * hubs:
 *   HUB: PART | [PART, ...] | {key: PART | [PART, ...], normal: none | trim | upper | lower | upper_trim | lower_trim}
 * links:
 *   LINK: {hubs: [HUB, ...] | {ROLE: HUB, ...}, child: [CHILD, ...], kind: relation | transaction | hierarchy | same_as,
 *          driving: [ROLE, ...], corrections: ignore | counter}
 * tables:
 *   SOURCE.TABLE:
 *     key: [COLUMN, ...]                    # only where the table declares no primary key
 *     load: append | dedup                  # of its transaction links; default dedup
 *     extract: rows | full | partial
 *     load_time: COLUMN
 *     HUB: EXPRESSION | {PART: EXPRESSION, ..., when_null: reject | skip | unknown | error}
 *     links: [LINK, ...] | {LINK: {CHILD: EXPRESSION, ..., ROLE: as HUB, columns: COLUMNS, applied: COLUMN}}
 *     satellites: {NAME: {of: HUB | LINK, kind: standard | multi_active | effectivity | status | record_tracking | xts,
 *                         columns: COLUMNS, untracked: [COLUMN, ...], mask: [COLUMN, ...], child: [COLUMN, ...],
 *                         grain: set | row, load, deletes, late, start: COLUMN, end: COLUMN, satellites: [NAME, ...]}}
 *     history: {NAME: {load: scd2, key: COLUMNS, columns: COLUMNS}}
 *   SOURCE.TABLE: {reference: NAME, key: COLUMNS, columns: COLUMNS, load: dedup | scd2 | insert_only}
 * snapshots:
 *   NAME: {at: "03:00", zone: UTC, keep: {daily: 90d, weekly: 1y, monthly: 5y, yearly: forever}}
 * pits:
 *   NAME: {of: HUB | LINK, satellites: [NAME, ...], snapshot: NAME}
 * bridges:
 *   NAME: {walk: [HUB, LINK | LINK.ROLE, HUB, ...], with: [LINK, ...], snapshot: NAME}
 * business:
 *   NAME: {of: HUB | LINK, sql: PATH, load: insert_only | scd2}
 * marts:
 *   MART: {sql: PATH}
 * }</pre>
 *
 * <p>COLUMNS is a list of columns, a map {@code {NAME: COLUMN}} that renames them, {@code "*"} (all
 * columns that no key expression of the table uses), or {@code {except: [COLUMN, ...]}}. EXPRESSION
 * is described at {@link dev.larder.transforms.model.KeyExpression}.
 */
package dev.larder.transforms.model;
