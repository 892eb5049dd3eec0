/**
 * What keeps tables fit: {@code optimize}, {@code vacuum}, {@code history}, {@code restore}. None
 * of it changes a row of the latest version but {@code restore}, whose purpose that is. Inner:
 * users take {@link dev.larder.io.delta.DeltaIO} and {@link dev.larder.io.delta.DeltaTable}.
 */
package dev.larder.io.delta.service;
