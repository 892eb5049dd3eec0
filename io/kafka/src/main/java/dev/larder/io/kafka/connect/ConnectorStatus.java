package dev.larder.io.kafka.connect;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What Connect says of a connector.
 *
 * @param trace of the connector itself; empty unless it failed
 */
public record ConnectorStatus(
    String name, ConnectorState connector, String trace, List<Task> tasks) {

  /**
   * A task of the connector.
   *
   * @param trace empty unless it failed
   */
  public record Task(int id, ConnectorState state, String trace) {
    public Task {
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(trace, "trace");
    }
  }

  public ConnectorStatus {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(connector, "connector");
    Objects.requireNonNull(trace, "trace");
    tasks = List.copyOf(tasks);
  }

  public boolean hasFailed() {
    return connector == ConnectorState.FAILED
        || tasks.stream().anyMatch(task -> task.state() == ConnectorState.FAILED);
  }

  /** Whether the connector is in this state, with its tasks where the state has tasks. */
  public boolean is(ConnectorState state) {
    return connector == state
        && (state == ConnectorState.RUNNING
            ? !tasks.isEmpty() && tasks.stream().allMatch(task -> task.state() == state)
            : state != ConnectorState.STOPPED || tasks.isEmpty());
  }

  /** The last cause in the trace of what failed, in one line; empty if nothing did. */
  public String firstTraceLine() {
    String whole = trace;
    for (Task task : tasks) {
      if (whole.isEmpty()) {
        whole = task.trace();
      }
    }
    String cause = whole.lines().findFirst().orElse("");
    for (String line : whole.lines().toList()) {
      if (line.startsWith("Caused by: ")) {
        cause = line.substring("Caused by: ".length());
      }
    }
    return cause.strip();
  }

  /** {@code RUNNING, tasks [0: FAILED]}. */
  public String summary() {
    return connector
        + tasks.stream()
            .map(task -> task.id() + ": " + task.state())
            .collect(Collectors.joining(", ", ", tasks [", "]"));
  }
}
