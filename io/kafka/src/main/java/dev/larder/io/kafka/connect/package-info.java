/**
 * Kafka Connect from outside: a small client of its REST interface and the configuration of the
 * Debezium connector that Larder runs on it. Nothing here reads records.
 */
package dev.larder.io.kafka.connect;
