/**
 * Points in time: which instants a vault is looked at ({@link
 * dev.larder.transforms.snapshot.SnapshotControl}), what holds at them for a hub or link (PIT
 * tables, {@link dev.larder.transforms.snapshot.BuildPit}) and along a walk over links (bridges,
 * {@link dev.larder.transforms.snapshot.BuildBridge}).
 *
 * <p>What is what is said by values ({@link dev.larder.transforms.snapshot.PitSpec}, {@link
 * dev.larder.transforms.snapshot.BridgeSpec}) that name tables and columns: nothing here knows a
 * model, a clock, or how rows are stored. What is not a composite or a function of Beam is pure.
 */
package dev.larder.transforms.snapshot;
