package routes.kinesis.leases;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.cloud.LeaseClients;
import routes.cloud.Probes;
import routes.kinesis.read.ShardAssignment;
import routes.retry.Attempt;
import routes.retry.SteadyClock;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.exceptions.LeasingException;

/** This worker's part in sharing a stream, from joining the others to leaving them. */
public final class StreamLeases implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamLeases.class);
  private static final long STOP_MILLIS = 5_000;
  private static final long RETRY_MILLIS = 2_000;
  private static final long LOOK_MILLIS = 5_000;

  private final LeaseClients clients;
  private final LeaseOptions options;
  private final LeaseHealth health;
  private final HeldShards held;
  private final Scheduler scheduler;
  private final Thread thread;
  private final ScheduledExecutorService timer =
      Executors.newScheduledThreadPool(2, task -> daemon(task, "lease-watch"));
  private final CountDownLatch leaving = new CountDownLatch(1);
  private volatile boolean begun;

  public StreamLeases(LeaseClients clients, LeaseOptions options) {
    this.clients = clients;
    this.options = options;
    health =
        new LeaseHealth(
            options.stream(),
            clients.failing(),
            options.lease().multipliedBy(2).plus(Attempt.STUCK_AFTER),
            SteadyClock.OF_PROCESS);
    held = new HeldShards(options.stream(), health::failing);
    scheduler = KclSetup.scheduler(clients, options, held, health);
    thread = daemon(this::takePart, "leases");
  }

  /** The shards that are this worker's at any time. */
  public ShardAssignment assignment() {
    return held;
  }

  /** Throws when leases cannot be had, with the call that fails. */
  public Runnable probe() {
    return () -> {
      health.requireWell();
      table().run();
    };
  }

  /** Joins the other workers; returns at once, whether DynamoDB answers or not. */
  public void start() {
    ShardLoads loads =
        new ShardLoads(held.names(), scheduler.leaseCoordinator().leaseStatsRecorder());
    held.whenRead(loads::add);
    timer.scheduleAtFixedRate(loads, 0, ShardLoads.EVERY_MILLIS, MILLISECONDS);
    timer.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, MILLISECONDS);
    thread.start();
  }

  /**
   * Gives all shards back, so that the others take them without waiting for the leases to expire,
   * if DynamoDB answers within five seconds. Nothing may be read any more.
   */
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      CompletableFuture.runAsync(this::giveBack).get(STOP_MILLIS, MILLISECONDS);
    } catch (TimeoutException away) {
      LOG.warn("Leases of {} have to expire: DynamoDB does not answer", options.stream());
    } catch (ExecutionException failure) {
      LOG.warn("Leases of {} have to expire: {}", options.stream(), failure.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    clients.close();
  }

  /** Begins once DynamoDB answers: the library waits for that too, but deaf to a stop. */
  private void takePart() {
    try {
      while (!isReachable()) {
        if (leaving.await(RETRY_MILLIS, MILLISECONDS)) {
          return;
        }
      }
      begun = true;
      // A stop in between found nothing begun and has given nothing back.
      if (leaving.getCount() > 0) {
        scheduler.run();
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Throws when the lease table cannot be reached, or is not there yet. */
  private Runnable table() {
    return Probes.table(clients.dynamoDb(), options.application());
  }

  /** Looks whether there are leases for a worker that holds none. */
  private void look() {
    if (!health.isJoined() || !held.names().isEmpty()) {
      health.holdsSome();
      return;
    }
    try {
      health.holdsNone(scheduler.leaseRefresher().listLeases());
    } catch (LeasingException | RuntimeException failure) {
      // The call is among those that fail.
    }
  }

  private boolean isReachable() {
    try {
      table().run();
    } catch (ResourceNotFoundException toBeMade) {
      return true;
    } catch (RuntimeException failure) {
      LOG.warn(
          "Cannot reach the lease table {}: {}; trying again",
          options.application(),
          failure.getMessage());
      return false;
    }
    return true;
  }

  private void giveBack() {
    leaving.countDown();
    if (!begun) {
      return;
    }
    List<Lease> leases = List.copyOf(scheduler.leaseCoordinator().getAssignments());
    scheduler.shutdown();
    try {
      thread.join();
      leave();
      for (Lease lease : leases) {
        scheduler.leaseRefresher().evictLease(lease);
      }
    } catch (LeasingException | InterruptedException failure) {
      throw new CompletionException(failure);
    }
  }

  /** Lest a shard be given to this worker once more. */
  private void leave() {
    clients
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName(options.application() + "-WorkerMetricStats")
                    .key(
                        Map.of(
                            "wid",
                            AttributeValue.fromS(scheduler.leaseCoordinator().workerIdentifier()))))
        .join();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
