/**
 * Tables under fire: a database whose rows come, change, change twice, change their keys, go and
 * come back at thousands of changes a second, drawn from a seed. For tests that hold a vault
 * against {@link dev.larder.testdata.binlog}.
 */
package dev.larder.testdata.fire;
