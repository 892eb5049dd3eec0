/**
 * The vault's model: YAML files as immutable values, their reader, and their check against the
 * tables that are really there. Pure: no Beam, no file or network access, no clock. Every mistake
 * is reported with its file and line, all at once.
 *
 * <p>The language is described once, in {@link dev.larder.transforms.model.Grammar}: the reader
 * takes its known keys from there, and tests write {@code docs/model.md} (every key with its type,
 * default, meaning and an example) and {@code docs/vault.schema.json} (for editors) from there. A
 * new key is a line in the grammar and a line in the reader of its section.
 */
package dev.larder.transforms.model;
