/** Marts: one SQL statement each, run by DuckDB over the vault's live files (docs/adr/0004). */
package dev.larder.pipelines.mart;
