/**
 * Changes without servers: a log drawn from a seed, and the ways in which Kafka may deliver it. For
 * tests that load the same log differently and compare what came out.
 */
package dev.larder.testdata.delivery;
