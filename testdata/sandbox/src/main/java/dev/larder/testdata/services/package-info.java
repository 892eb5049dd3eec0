/**
 * The sandbox's servers: real MySQL 8.0.31, a real Kafka broker and a real Kafka Connect worker
 * with Debezium, each a process of its own with the libraries it was released with, fetched by
 * Maven (modules {@code testdata/services/*}). Start them with {@link
 * dev.larder.testdata.services.Services}; they end with the JVM that started them, also when it is
 * killed. Nothing here knows a table, a model or a lake.
 */
package dev.larder.testdata.services;
