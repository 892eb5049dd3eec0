package dev.larder.io.kafka.debezium;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads one value that is not null into its canonical form. */
@FunctionalInterface
interface ValueReader {

  /**
   * @param parser at the value's first token; left at its last
   * @throws Unfit if it is not a value of the column
   */
  Object read(JsonParser parser) throws IOException, Unfit;
}
