package dev.larder.io.kafka.debezium;

/** A JSON value is not one that its column may have. Without a stack: it is data, not a fault. */
final class Unfit extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param expected what a fitting value is, as in "an integer"; never the value itself
   */
  Unfit(String expected) {
    super(expected, null, false, false);
  }
}
