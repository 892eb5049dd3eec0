/**
 * Olist's marketplace as a second example beside the pizza chain: a model, a schema, and a loader
 * of the public data set's files, which are not part of the project.
 */
package dev.larder.testdata.olist;
