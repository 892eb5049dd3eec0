/**
 * What changed between two sets of rows. Pure: no Beam, no files, no log. Users take {@link
 * dev.larder.io.delta.change.ChangeType} only.
 */
package dev.larder.io.delta.change;
