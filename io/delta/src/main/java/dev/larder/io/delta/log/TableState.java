package dev.larder.io.delta.log;

import dev.larder.io.changes.RowSchema;
import java.util.List;
import java.util.Map;

/**
 * A table as one version of its log has it.
 *
 * @param properties the table's own properties
 * @param files what is live, in no order
 */
public record TableState(
    long version, RowSchema schema, Map<String, String> properties, List<DataFile> files) {}
