/** Larder on Spark 3.5 by Beam's SparkRunner: local[n], spark-submit, Databricks. */
package dev.larder.runners.spark;
