package dev.larder.transforms.model;

import java.io.Serializable;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * The moments at which PITs and bridges show the vault: one a day.
 *
 * @param at the time of day; where a day does not have it, or has it twice, {@link
 *     java.time.ZonedDateTime#of} decides
 * @param keep which moments are kept for how long
 */
public record Snapshot(String name, LocalTime at, ZoneId zone, Retention keep)
    implements Serializable {}
