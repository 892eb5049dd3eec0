package dev.larder.pipelines.run;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a stream end between two batches when it, or its process, is told to: the task that runs at
 * SIGTERM asks it to, and holds the process until it has and its report is written.
 */
final class OrderlyStop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final CountDownLatch asked;
  private final RunnerProfile runner;
  private final Console console;
  private final RunReport report;
  private final Thread onExit = new Thread(this::askAndWait, "stop-stream");

  private OrderlyStop(
      CountDownLatch asked, RunnerProfile runner, Console console, RunReport report) {
    this.asked = asked;
    this.runner = runner;
    this.console = console;
    this.report = report;
  }

  /**
   * From now on, and until this is closed, the end of the process asks the stream to end and waits
   * until its report is written.
   *
   * @param asked counted down when the stream is to end
   */
  static OrderlyStop of(
      CountDownLatch asked, RunnerProfile runner, Console console, RunReport report) {
    OrderlyStop stop = new OrderlyStop(asked, runner, console, report);
    runner.addExitTask(stop.onExit);
    return stop;
  }

  boolean isAsked() {
    return asked.getCount() == 0;
  }

  /** Waits so long, or until the stream is to end. */
  void pause(long nanos) {
    try {
      if (nanos > 0 && asked.await(nanos, TimeUnit.NANOSECONDS)) {
        console.line("Stopping.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      asked.countDown();
    }
  }

  private void askAndWait() {
    asked.countDown();
    try {
      // A batch that is cut off is run again from the ledger: waiting is a courtesy.
      if (!report.awaitSettled(PATIENCE)) {
        console.line("The running batch is left; it will be run again at the next start.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      runner.removeExitTask(onExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the task has run, or is waiting for this very moment.
    }
  }
}
