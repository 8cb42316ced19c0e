package routes.leases;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.cloud.LeaseClients;
import routes.shards.ShardAssignment;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.exceptions.LeasingException;

/** This worker's part in sharing a stream, from joining the others to leaving them. */
public final class StreamLeases implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamLeases.class);
  private static final long STOP_MILLIS = 5_000;

  private final LeaseClients clients;
  private final LeaseOptions options;
  private final HeldShards held;
  private final Scheduler scheduler;
  private final Thread thread;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

  public StreamLeases(LeaseClients clients, LeaseOptions options) {
    this.clients = clients;
    this.options = options;
    held = new HeldShards(options.stream());
    scheduler = KclSetup.scheduler(clients, options, held);
    thread = new Thread(scheduler, "leases");
  }

  /** The shards that are this worker's at any time. */
  public ShardAssignment assignment() {
    return held;
  }

  /** Joins the other workers; returns at once, whether DynamoDB answers or not. */
  public void start() {
    ShardLoads loads =
        new ShardLoads(held.names(), scheduler.leaseCoordinator().leaseStatsRecorder());
    held.whenRead(loads::add);
    timer.scheduleAtFixedRate(loads, 0, ShardLoads.EVERY_MILLIS, MILLISECONDS);
    thread.start();
  }

  /**
   * Gives all shards back, so that the others take them without waiting for the leases to expire.
   * Nothing may be read any more.
   */
  @Override
  public void close() {
    timer.shutdownNow();
    List<Lease> leases = List.copyOf(scheduler.leaseCoordinator().getAssignments());
    scheduler.shutdown();
    try {
      thread.join(STOP_MILLIS);
      leave();
      for (Lease lease : leases) {
        scheduler.leaseRefresher().evictLease(lease);
      }
    } catch (LeasingException | RuntimeException away) {
      LOG.warn("Leases of {} have to expire: {}", options.stream(), away.getMessage());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
    clients.close();
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
}
