/**
 * How a running stream is, for machines: figures for Prometheus and an answer to "is it well?". The
 * stream writes them, a small HTTP server shows them; nothing here reads the lake or Kafka.
 */
package dev.larder.pipelines.status;
