package dev.larder.testdata.services;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A program that starts a sandbox in the folder it is given, says so, and never ends by itself. */
final class ParentMain {
  private ParentMain() {}

  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws InterruptedException {
    Services services = Services.in(Path.of(args[0])).withMySql("pos").withKafka().start();
    System.out.println("started " + services.all().size());
    new CountDownLatch(1).await();
  }
}
