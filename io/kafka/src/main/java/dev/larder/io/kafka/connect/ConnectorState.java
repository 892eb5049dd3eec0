package dev.larder.io.kafka.connect;

/** States of a connector or task, in Connect's words. */
public enum ConnectorState {
  UNASSIGNED,
  RUNNING,
  PAUSED,
  /** Down, with its tasks gone: only then can offsets be changed. */
  STOPPED,
  RESTARTING,
  FAILED,
  DESTROYED
}
