package dev.larder.io.delta.service;

import java.io.Serializable;

/**
 * What {@code optimize} did to one table.
 *
 * @param table the table's path below the lake
 * @param version the table's latest version afterwards
 */
public record OptimizeReport(String table, long version, RewriteResult result)
    implements Serializable {}
