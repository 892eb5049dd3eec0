/**
 * Avro as a converter of Kafka Connect writes it, and the schema registry that goes with it.
 * Confluent's own are not on Maven Central.
 */
package dev.larder.testdata.avro;
