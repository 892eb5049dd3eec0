/**
 * The CDC branch's connector: which offsets a batch takes ({@link
 * dev.larder.io.kafka.BatchPlanner}), where the cluster stands ({@link
 * dev.larder.io.kafka.KafkaOffsets}), reading exactly those ranges ({@link
 * dev.larder.io.kafka.KafkaRanges}) and turning records into changes or dead letters ({@link
 * dev.larder.io.kafka.DecodeChanges}). It knows nothing of a vault or a lake; the ledger that
 * remembers positions belongs to the pipelines.
 */
package dev.larder.io.kafka;
