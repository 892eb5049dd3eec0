package dev.larder.runners.direct;

/** Takes what a table of a vault holds, version by version. */
@FunctionalInterface
interface Lines {

  /**
   * @param key of what the version is one: a business key, or several
   * @param line its place in the log, its time and its values
   */
  void add(String key, String line);
}
