package dev.larder.io.delta.store;

import java.io.IOException;

/** A stream whose file can be given up while it is written: nobody ever sees it. */
public interface Abandonable {

  /** Ends writing without making the file; to be called instead of {@code close}. */
  void abandon() throws IOException;
}
