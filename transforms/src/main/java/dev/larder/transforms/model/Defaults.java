package dev.larder.transforms.model;

import java.io.Serializable;

/**
 * What holds for satellites that do not say otherwise. The reader has put these into each {@link
 * Satellite} already.
 *
 * @param deletes null where the model says nothing: {@link Satellite.Deletes#CLOSE} for scd2, else
 *     {@link Satellite.Deletes#TRACK}
 */
public record Defaults(
    Satellite.Load load, Satellite.Deletes deletes, Satellite.Late late, Ghosts ghosts)
    implements Serializable {

  /** What a model that says nothing means. */
  public static final Defaults STANDARD =
      new Defaults(Satellite.Load.INSERT_ONLY, null, Satellite.Late.INSERT, Ghosts.NONE);

  /** Whether a satellite begins with a row for the key that is unknown. */
  public enum Ghosts {
    NONE,
    /** One row when the table is made: zero keys, no payload, the beginning of time. */
    INSERT
  }

  Satellite.Deletes deletesOf(Satellite.Load load) {
    if (deletes == null || deletes == Satellite.Deletes.CLOSE) {
      return load == Satellite.Load.SCD2 ? Satellite.Deletes.CLOSE : Satellite.Deletes.TRACK;
    }
    return deletes;
  }
}
