package dev.larder.transforms.model;

import java.io.Serializable;
import java.util.Map;

/** Where in the model's files each element stands, by its path. */
public final class ModelPlaces implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A line and a column of a file, from 1. */
  public record Place(String file, int line, int column) implements Serializable {}

  private final String file;
  private final Map<String, Place> places;

  ModelPlaces(String file, Map<String, Place> places) {
    this.file = file;
    this.places = Map.copyOf(places);
  }

  /** The name of the model's own file as it was given to the reader. */
  public String file() {
    return file;
  }

  /**
   * The path itself if the file has such an element, else that of the nearest element around it. A
   * hub that is mapped by one column has no element for its key part.
   *
   * @param path {@code hubs.order.key[1]}
   */
  public String nearest(String path) {
    String at = path;
    while (!at.isEmpty() && !places.containsKey(at)) {
      at = at.substring(0, Math.max(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('['))));
    }
    return at;
  }

  /** The place of an element, or of the nearest element around it that the file has. */
  public Place of(String path) {
    return places.getOrDefault(nearest(path), new Place(file, 1, 1));
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
