package dev.larder.testdata.services;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that starts a sandbox in the folder it is given, says so, and never ends by itself. */
final class ParentMain {
  private ParentMain() {}

  /** How to run this program in a JVM of its own, the leader of a process group of its own. */
  static ProcessBuilder command(Path larderRoot, Path sandbox) {
    return new ProcessBuilder(
        "setsid",
        Platform.java().toString(),
        "-Dlarder.root=" + larderRoot,
        "-cp",
        System.getProperty("java.class.path"),
        ParentMain.class.getName(),
        sandbox.toString());
  }

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws InterruptedException {
    Services services = Services.in(Path.of(args[0])).withMySql("pos").withKafka().start();
    System.out.println("started " + services.all().size());
    new CountDownLatch(1).await();
  }
}
