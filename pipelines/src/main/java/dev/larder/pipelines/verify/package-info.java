/**
 * Whether the vault says what the source says: SQL that compares the two, column by column, made
 * from the model and from nothing that loads the vault.
 */
package dev.larder.pipelines.verify;
