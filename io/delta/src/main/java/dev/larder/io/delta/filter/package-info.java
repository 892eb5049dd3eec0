/**
 * Which rows are wanted: a language of predicates, their exact evaluation on rows, and what bounds
 * of columns say about groups of rows. Pure: no Beam, no files, no Parquet. Users take {@link
 * dev.larder.io.delta.filter.Filter} only.
 */
package dev.larder.io.delta.filter;
