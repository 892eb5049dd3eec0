package dev.larder.pipelines.report;

/**
 * A batch of the stream that is done.
 *
 * @param records read from Kafka
 * @param lag records that waited in Kafka when it was planned and were not in it; null if the run
 *     that did it left no report
 */
record Batch(long batch, long records, long deadLetters, double seconds, Long lag) {}
