package dev.larder.transforms.model;

import java.io.Serializable;

/**
 * A satellite that SQL computes from the vault: a rule of the business, kept apart from what the
 * sources say.
 *
 * @param parent the hub or link it describes
 * @param sql path of the query, relative to the model file
 */
public record BusinessSatellite(String name, String parent, String sql, Satellite.Load load)
    implements Serializable {}
