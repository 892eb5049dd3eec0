package dev.larder.io.delta;

import dev.larder.io.changes.RowSchema;
import dev.larder.io.delta.log.DataFile;
import java.io.Serializable;

/** A file of a table to be read; it goes through a shuffle so that files are read side by side. */
record PlannedFile(String table, RowSchema schema, DataFile file) implements Serializable {}
