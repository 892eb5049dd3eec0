package dev.larder.io.delta.change;

/** A row and what became of it. */
public record RowChange(ChangeType type, Object[] row) {}
