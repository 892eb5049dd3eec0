package dev.larder.io.kafka.connect;

import dev.larder.io.changes.NotReadyException;
import dev.larder.io.changes.SourceException;
import java.time.Duration;
import java.util.Collection;

/** The errors of talking to Kafka Connect. */
final class ConnectErrors {
  private static final int REBALANCING = 409;
  private static final int SERVER_ERROR = 500;

  private ConnectErrors() {}

  static SourceException unreachable(String request, Throwable cause) {
    return SourceException.away(
        "Kafka Connect did not answer: "
            + request
            + " ("
            + text(cause)
            + "). Check that the worker runs and that the address is the one of its REST listener"
            + " (listeners, rest.advertised.host.name).",
        cause);
  }

  static SourceException refused(String request, int status, String message) {
    String refusal =
        "Kafka Connect refused: "
            + request
            + " answered "
            + status
            + (message.isEmpty() ? "." : ": " + message)
            + remedy(status);
    return status == REBALANCING || status >= SERVER_ERROR
        ? SourceException.away(refusal, null)
        : new SourceException(refusal);
  }

  private static String remedy(int status) {
    return switch (status) {
      case 400 -> " Mend the connector's configuration; each error names its setting.";
      case 401, 403 -> " Check user, password reference and rights of the REST interface.";
      case 404 -> " Check the connector's name and that the worker is at least Kafka 3.7.";
      case 409 ->
          " The worker is rebalancing, or a connector of this name is there already: wait, or"
              + " remove it.";
      default -> " The worker's log says more.";
    };
  }

  static NotReadyException notReady(String url, Duration waited, String last) {
    return new NotReadyException(
        "Kafka Connect at "
            + url
            + " was not ready after "
            + waited.toSeconds()
            + " s ("
            + last
            + "). A worker takes 20 to 60 s to load its plugins; look at its log, and check that it"
            + " reaches Kafka.");
  }

  static NotReadyException notInState(
      String name, ConnectorState wanted, ConnectorStatus status, Duration waited) {
    return new NotReadyException(
        "Connector "
            + name
            + " was not "
            + wanted
            + " after "
            + waited.toSeconds()
            + " s; it is "
            + status.summary()
            + ". Look at the worker's log.");
  }

  static SourceException failed(String name, ConnectorStatus status) {
    return new SourceException(
        "Connector "
            + name
            + " has failed: "
            + status.firstTraceLine()
            + ". Mend the cause and restart it; the whole trace is in its status and in the"
            + " worker's log.");
  }

  static SourceException noPlugin(String url, String plugin, Collection<String> known) {
    return new SourceException(
        "Kafka Connect at "
            + url
            + " has no plugin "
            + plugin
            + ". It has "
            + String.join(", ", known)
            + ". Put the Debezium connector for MySQL, 3.0 or newer, into a folder of the worker's"
            + " plugin.path and restart the worker.");
  }

  static SourceException unreadable(String request, String problem) {
    return new SourceException(
        "Kafka Connect answered what it should not: "
            + request
            + ": "
            + problem
            + ". Check that the address is a Connect worker's.");
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
