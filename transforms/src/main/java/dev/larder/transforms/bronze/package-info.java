/**
 * The bronze layer: every change of a source table as one row of an append-only table, and back;
 * and the hand-over from a snapshot to the log. {@link dev.larder.transforms.bronze.BronzeRows} and
 * {@link dev.larder.transforms.bronze.SnapshotRepair} are pure. Knows nothing of hubs, links and
 * satellites.
 */
package dev.larder.transforms.bronze;
