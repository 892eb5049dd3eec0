/**
 * Drafting a model from what a database says of its tables: keys, foreign keys, types, comments and
 * statistics. {@link dev.larder.transforms.discover.ModelDraft} is the way in. Pure: no Beam, no
 * access to a database, no clock; the same facts give the same text.
 *
 * <p>What no key and no foreign key says is guessed from names, and every guess is marked in the
 * text with its reason. A draft is a valid model; whether it is a good one is for a person to say.
 */
package dev.larder.transforms.discover;
