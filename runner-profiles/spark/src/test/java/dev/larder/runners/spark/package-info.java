/** The command on SparkRunner, held against DirectRunner on the same sources. */
package dev.larder.runners.spark;
