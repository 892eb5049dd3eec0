/**
 * Debezium's change events as JSON: from the bytes of a Kafka record to a {@link
 * dev.larder.io.changes.ChangeRecord} in canonical values. Pure: no Beam, no Kafka client, no
 * clock, no I/O. What is decoded, skipped on purpose or refused is said by {@link
 * dev.larder.io.kafka.debezium.Decoded}.
 */
package dev.larder.io.kafka.debezium;
