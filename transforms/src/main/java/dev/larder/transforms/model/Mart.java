package dev.larder.transforms.model;

import java.io.Serializable;

/**
 * A table computed from the vault.
 *
 * @param sql path of the query, relative to the model file
 */
public record Mart(String name, String sql) implements Serializable {}
