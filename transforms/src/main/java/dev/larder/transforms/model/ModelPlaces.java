package dev.larder.transforms.model;

import java.io.Serializable;
import java.util.Map;

/** Where in the model's file each element stands, by its path. */
public final class ModelPlaces implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A line and a column of the file, from 1. */
  public record Place(int line, int column) implements Serializable {}

  private final String file;
  private final Map<String, Place> places;

  ModelPlaces(String file, Map<String, Place> places) {
    this.file = file;
    this.places = Map.copyOf(places);
  }

  /** The file's name as it was given to the reader. */
  public String file() {
    return file;
  }

  /**
   * The place of an element, or of the nearest element around it that the file has.
   *
   * @param path {@code hubs.order.key[1]}
   */
  public Place of(String path) {
    String at = path;
    while (!at.isEmpty()) {
      Place place = places.get(at);
      if (place != null) {
        return place;
      }
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return new Place(1, 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ModelPlaces that
        && file.equals(that.file)
        && places.equals(that.places);
  }

  @Override
  public int hashCode() {
    return places.hashCode();
  }

  @Override
  public String toString() {
    return file;
  }
}
