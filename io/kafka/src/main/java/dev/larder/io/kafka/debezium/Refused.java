package dev.larder.io.kafka.debezium;

/** A record cannot be decoded. Without a stack: it is data, not a fault. */
final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Decoded.Failure failure;

  Refused(Decoded.Failure failure) {
    super(failure.reason(), null, false, false);
    this.failure = failure;
  }

  Decoded.Failure failure() {
    return failure;
  }
}
