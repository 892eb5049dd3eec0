/**
 * Hash keys and hash diffs of a Data Vault, by hash profile ({@link
 * dev.larder.transforms.hash.HashProfile}): pure functions from canonical values to bytes. Knows
 * nothing of Beam, of a model or of tables.
 *
 * <p><b>Byte layout of profile {@code strict}</b>, so that anyone can recompute a hash. What is
 * hashed is the concatenation of its parts:
 *
 * <ul>
 *   <li>an absent part (NULL) is the one byte {@code 00};
 *   <li>a present part is the byte {@code 01}, the length of its text in bytes as four bytes, high
 *       byte first, and the text itself in UTF-8. The text is the canonical text of the value
 *       ({@link dev.larder.io.changes.Values#text}).
 * </ul>
 *
 * <p>No two different lists of parts have the same bytes, whatever characters they hold. A hash key
 * is made of the normalised parts of the business key in declared order, where the empty text
 * counts as absent. A link's hash key is made of the parts of all its hubs' business keys and then
 * its child keys. A hash diff is made of the tracked columns in declared order without
 * normalisation, and absent parts at the end are left out, so that a nullable column added later
 * changes no old hash.
 *
 * <p>In MySQL, for a present part {@code s}: {@code CONCAT(x'01', UNHEX(LPAD(HEX(LENGTH(s)), 8,
 * '0')), s)} with {@code s} in utf8mb4, and the hash key is {@code UNHEX(SHA2(CONCAT(...), 256))}.
 */
package dev.larder.transforms.hash;
