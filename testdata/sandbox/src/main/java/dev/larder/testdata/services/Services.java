package dev.larder.testdata.services;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The running servers of a sandbox.
 *
 * <pre>{@code
 * try (Services services =
 *     Services.in(Path.of("target/demo")).withMySql("pos").withMySql("erp").withConnect().start()) {
 *   services.mySql("pos").connect("pos", services.mySql("pos").app()).run("CREATE TABLE ...");
 * }
 * }</pre>
 *
 * <p><b>Guarantees:</b> all servers answer when {@link Builder#start} returns. They end with {@link
 * #close}, with an orderly end of the JVM (Ctrl-C too), and within seconds when the JVM is killed.
 * A directory in which a sandbox has run before gives the same data and passwords, on other ports.
 */
public final class Services implements AutoCloseable {
  private final Map<String, MySqlServer> mySqls;
  private final KafkaBroker kafka;
  private final ConnectWorker connect;
  private final ObjectStore objectStore;
  private final Thread atExit = new Thread(this::stopAll, "larder-services-stop");
  private boolean closed;

  private Services(
      Map<String, MySqlServer> mySqls,
      KafkaBroker kafka,
      ConnectWorker connect,
      ObjectStore objectStore) {
    this.mySqls = mySqls;
    this.kafka = kafka;
    this.connect = connect;
    this.objectStore = objectStore;
  }

  /**
   * Looks at the machine only; starts nothing.
   *
   * @throws dev.larder.io.changes.UserException if the servers cannot run on it
   */
  public static void requireSupportedPlatform() {
    Platform.current().check();
  }

  /** Servers that live in a directory of their own below {@code target}. */
  public static Builder inTarget() {
    return in(Path.of("target", "sandbox-" + ProcessHandle.current().pid()));
  }

  /** Servers with their data and logs below a directory, which is made if need be. */
  public static Builder in(Path directory) {
    return new Builder(directory.toAbsolutePath().normalize());
  }

  /**
   * The MySQL server of this name.
   *
   * @throws IllegalArgumentException if the sandbox has none
   */
  public MySqlServer mySql(String name) {
    MySqlServer server = mySqls.get(name);
    if (server == null) {
      throw new IllegalArgumentException(
          "no MySQL server \"" + name + "\" in this sandbox, only " + mySqls.keySet());
    }
    return server;
  }

  /**
   * The broker.
   *
   * @throws IllegalStateException if the sandbox was started without
   */
  public KafkaBroker kafka() {
    return started(kafka, "Kafka");
  }

  /**
   * The Connect worker.
   *
   * @throws IllegalStateException if the sandbox was started without
   */
  public ConnectWorker connect() {
    return started(connect, "Kafka Connect");
  }

  /**
   * The object store.
   *
   * @throws IllegalStateException if the sandbox was started without
   */
  public ObjectStore objectStore() {
    return started(objectStore, "an object store");
  }

  /** All servers, those first that need no other. */
  public List<Service> all() {
    List<Service> all = new ArrayList<>(mySqls.values());
    if (kafka != null) {
      all.add(kafka);
    }
    if (connect != null) {
      all.add(connect);
    }
    if (objectStore != null) {
      all.add(objectStore);
    }
    return all;
  }

  /** Stops all servers, Connect first, and waits until they are gone. Their data stays. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    stopAll();
    all().forEach(Service::release);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The JVM is ending: the hook stops what is left.
    }
  }

  private void stopAll() {
    all().forEach(Service::giveUp);
    if (connect != null) {
      connect.stop();
    }
    List<Service> rest = new ArrayList<>(all());
    rest.remove(connect);
    inParallel(rest, Service::stop);
  }

  private void startAll(Consumer<Service> onReady) {
    Runtime.getRuntime().addShutdownHook(atExit);
    AtomicReference<RuntimeException> first = new AtomicReference<>();
    inParallel(
        all(),
        service -> {
          try {
            service.start();
            onReady.accept(service);
          } catch (RuntimeException e) {
            first.compareAndSet(null, e);
            // The others would wait in vain, some of them for this one.
            all().forEach(Service::giveUp);
          }
        });
    if (first.get() != null) {
      close();
      throw first.get();
    }
  }

  private static void inParallel(List<Service> services, Consumer<Service> action) {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.max(1, services.size()), task -> new Thread(task, "larder-services"));
    try {
      CompletableFuture.allOf(
              services.stream()
                  .map(s -> CompletableFuture.runAsync(() -> action.accept(s), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }

  private static <T> T started(T service, String name) {
    if (service == null) {
      throw new IllegalStateException("this sandbox was started without " + name);
    }
    return service;
  }

  /** What a sandbox is to consist of. */
  public static final class Builder {
    private final Path directory;
    private final List<MySqlSetup> mySqls = new ArrayList<>();
    private boolean withKafka;
    private boolean withConnect;
    private boolean withObjectStore;
    private Consumer<Service> onReady = service -> {};

    private Builder(Path directory) {
      this.directory = directory;
    }

    /** A MySQL server with one database of the same name. */
    public Builder withMySql(String name) {
      return withMySql(MySqlSetup.named(name));
    }

    public Builder withMySql(MySqlSetup setup) {
      mySqls.add(setup);
      return this;
    }

    public Builder withKafka() {
      withKafka = true;
      return this;
    }

    /** Kafka Connect with Debezium, and the broker that it needs. */
    public Builder withConnect() {
      withConnect = true;
      return withKafka();
    }

    /** An object store that speaks S3, without buckets. */
    public Builder withObjectStore() {
      withObjectStore = true;
      return this;
    }

    /** Tells of each server when it answers, on the thread that started it. */
    public Builder onReady(Consumer<Service> listener) {
      onReady = listener;
      return this;
    }

    /**
     * Starts all servers at once and returns when all of them answer.
     *
     * @throws dev.larder.io.changes.UserException if they cannot run on this machine or were not
     *     fetched
     * @throws dev.larder.io.changes.SourceException if one does not start; none is left running
     */
    public Services start() {
      requireSupportedPlatform();
      FetchedArtifacts artifacts = FetchedArtifacts.find();
      try {
        Services services = build(artifacts);
        services.startAll(onReady);
        return services;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Services build(FetchedArtifacts artifacts) throws IOException {
      Map<String, MySqlServer> servers = new LinkedHashMap<>();
      for (MySqlSetup setup : mySqls) {
        Path place = directory.resolve("mysql-" + setup.name());
        int serverId = servers.size() + 1;
        servers.put(setup.name(), new MySqlServer(setup, artifacts, place, serverId));
      }
      KafkaBroker kafka = withKafka ? new KafkaBroker(artifacts, directory.resolve("kafka")) : null;
      ConnectWorker connect =
          withConnect ? new ConnectWorker(artifacts, kafka, directory.resolve("connect")) : null;
      ObjectStore objectStore =
          withObjectStore ? new ObjectStore(artifacts, directory.resolve("objects")) : null;
      return new Services(servers, kafka, connect, objectStore);
    }
  }
}
