package dev.larder.pipelines.conformance;

/** A case that cannot be translated, with the reason: it counts as failed. */
final class CaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CaseException(String reason) {
    super(reason);
  }
}
