/**
 * Reads schemas out of a schema registry over HTTP. Nothing here knows Debezium or reads records;
 * decoding asks by way of {@link dev.larder.io.kafka.debezium.WriterSchemas}.
 */
package dev.larder.io.kafka.registry;
