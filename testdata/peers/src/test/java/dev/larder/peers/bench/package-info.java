/**
 * How fast Larder is beside its peers, on one machine in one run: {@link
 * dev.larder.peers.bench.Benchmarks} starts a JVM for each side in turn and prints tables. Each
 * side is a main class of its own; Larder's are those of {@code io/delta}'s tests where they exist.
 */
package dev.larder.peers.bench;
