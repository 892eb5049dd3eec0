package dev.larder.io.delta.log;

import dev.larder.io.changes.RowSchema;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A table as one version of its log has it.
 *
 * @param committedAt time of the version: modification time of its file in the log, to the
 *     millisecond
 * @param partitionColumns in order; empty if the table is not partitioned
 * @param properties the table's own properties
 * @param files what is live, in no order
 */
public record TableState(
    long version,
    Instant committedAt,
    RowSchema schema,
    List<String> partitionColumns,
    Map<String, String> properties,
    List<DataFile> files) {}
