/**
 * The contract between connectors and transforms: what a change of a source table is ({@link
 * dev.larder.io.changes.ChangeRecord}), what a row for a lake table is ({@link
 * dev.larder.io.changes.TableRow}) and how it is to be loaded ({@link
 * dev.larder.io.changes.TableSpec}), the canonical values both hold, and the letters of those that
 * could not be processed. It depends on Beam's core and nothing else.
 */
package dev.larder.io.changes;
