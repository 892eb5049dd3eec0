package dev.larder.transforms.discover;

/** What a table is to a vault. */
enum TableRole {
  /** A thing of the business: a hub with a satellite, links to what it refers to. */
  HUB,
  /** Which things belong together: a link, with a satellite if there is more to say. */
  LINK,
  /** Numbered parts of a thing: a link with a child key. */
  LINE,
  /** Numbered parts of one thing that refer to nothing else: a multi-active satellite. */
  MULTI_ACTIVE,
  /** More about a thing, under the thing's own key: a satellite. */
  EXTENSION,
  /** What happened: a transaction. */
  EVENT,
  /** Codes and what they mean. */
  REFERENCE,
  /** Nothing: it has no key. */
  NONE
}
