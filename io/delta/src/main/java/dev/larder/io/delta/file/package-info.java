/**
 * The Parquet files of a table: types, writing with statistics, reading a projection. Knows no log
 * and no Beam. Inner, but for {@link dev.larder.io.delta.file.RowIterator}.
 */
package dev.larder.io.delta.file;
