package dev.larder.transforms.model;

import java.util.Arrays;
import java.util.List;

/**
 * A map of a model file with its keys: what the reader knows, and what the JSON Schema and the
 * reference documentation are made of.
 *
 * @param id for links between shapes: {@code hub-mapping}
 * @param like an example on one line, for messages
 * @param keys in the order in which they are shown
 * @param others what stands under keys of the model's own choice, or null where there are none
 */
record Shape(String id, String like, List<Key> keys, Others others) {

  /**
   * A key.
   *
   * @param standard what holds where the key is missing; empty if it must not be missing
   * @param meaning one sentence, without its full stop
   * @param example a value, as it is written
   * @param kinds the kinds ({@code kind: ...}) that have the key; empty for all
   */
  record Key(
      String name,
      ValueType type,
      String standard,
      String meaning,
      String example,
      List<String> kinds) {

    boolean isRequired() {
      return standard.isEmpty();
    }

    boolean isOf(String kind) {
      return kinds.isEmpty() || kinds.contains(kind);
    }

    /** A key that only maps of some kinds have. */
    Key of(Satellite.Kind... only) {
      List<String> words = Arrays.stream(only).map(Satellite.Kind::id).toList();
      return new Key(name, type, standard, meaning, example, words);
    }
  }

  /**
   * Keys that are names of the model.
   *
   * @param name what they are: {@code HUB}
   */
  record Others(String name, ValueType type, String meaning, String example) {}

  static Shape of(String id, String like, Key... keys) {
    return new Shape(id, like, List.of(keys), null);
  }

  Shape with(String name, ValueType type, String meaning, String example) {
    return new Shape(id, like, keys, new Others(name, type, meaning, example));
  }

  /** A key that must be there. */
  static Key needed(String name, ValueType type, String meaning, String example) {
    return new Key(name, type, "", meaning, example, List.of());
  }

  /** A key that may be missing. */
  static Key key(String name, ValueType type, String standard, String meaning, String example) {
    return new Key(name, type, standard, meaning, example, List.of());
  }

  List<String> names() {
    return keys.stream().map(Key::name).toList();
  }
}
