/**
 * What a vault does, told in files that a modeller can read and write ({@code testdata/specs}):
 * given a model and tables, when changes come in batches, expect rows. They are loaded by the
 * product's own composites into Delta tables.
 */
package dev.larder.pipelines.specs;
