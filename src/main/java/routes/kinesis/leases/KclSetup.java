package routes.kinesis.leases;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.UUID;
import routes.cloud.LeaseClients;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.StreamConfig;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.LeaseManagementConfig.GracefulLeaseHandoffConfig;
import software.amazon.kinesis.leases.LeaseManagementConfig.WorkerUtilizationAwareAssignmentConfig;
import software.amazon.kinesis.leases.ShardInfo;
import software.amazon.kinesis.metrics.MetricsConfig;
import software.amazon.kinesis.metrics.MetricsFactory;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.retrieval.RecordsPublisher;
import software.amazon.kinesis.retrieval.RetrievalFactory;

/**
 * Sets the Kinesis Client Library up: its intervals follow from how long a lease lasts, and of the
 * stream it reads nothing.
 */
final class KclSetup {

  /** How often a shard that was merged looks whether its other parent is finished too. */
  private static final long PARENT_POLL_MILLIS = 1_000;

  private static final long DISPATCH_MILLIS = 250;

  /**
   * How long the library sleeps after it has listed the shards, which it seldom does: by default a
   * minute, in which the first worker on a new table does nothing.
   */
  private static final long SHARD_SYNC_MILLIS = 1_000;

  /** A lost shard is assigned at once; to even out the load, one is moved every so many times. */
  private static final int BALANCE_EVERY = 3;

  private static final int UNEVEN_PERCENT = 20;

  private KclSetup() {}

  /** A worker that does not run yet. */
  static Scheduler scheduler(
      LeaseClients clients, LeaseOptions options, HeldShards held, LeaseHealth health) {
    ConfigsBuilder configs =
        new ConfigsBuilder(
            options.stream(),
            options.application(),
            clients.kinesis(),
            clients.dynamoDb(),
            clients.cloudWatch(),
            workerName(),
            () -> new HeldShard(held, options.handOver().toMillis()));
    RetrievalFactory nothing = new Nothing(held);
    return new Scheduler(
        configs.checkpointConfig(),
        coordinator(configs, options).workerStateChangeListener(health),
        leases(configs, options),
        configs.lifecycleConfig(),
        metrics(configs, options),
        configs.processorConfig(),
        configs.retrievalConfig().retrievalSpecificConfig(() -> nothing));
  }

  private static CoordinatorConfig coordinator(ConfigsBuilder configs, LeaseOptions options) {
    CoordinatorConfig coordinator = configs.coordinatorConfig();
    coordinator.coordinatorStateTableConfig().tags(tags(options));
    return coordinator
        // For as long as DynamoDB is away.
        .maxInitializationAttempts(Integer.MAX_VALUE)
        .skipShardSyncAtWorkerInitializationIfLeasesExist(true)
        .parentShardPollIntervalMillis(PARENT_POLL_MILLIS)
        .shardConsumerDispatchPollIntervalMillis(DISPATCH_MILLIS);
  }

  private static LeaseManagementConfig leases(ConfigsBuilder configs, LeaseOptions options) {
    long lease = options.lease().toMillis();
    LeaseManagementConfig leases = configs.leaseManagementConfig();
    WorkerUtilizationAwareAssignmentConfig balance =
        leases
            .workerUtilizationAwareAssignmentConfig()
            .disableWorkerMetrics(true)
            .workerMetricsReporterFreqInMillis(lease / 2)
            .varianceBalancingFrequency(BALANCE_EVERY)
            .reBalanceThresholdPercentage(UNEVEN_PERCENT);
    balance.workerMetricsTableConfig().tags(tags(options));
    return leases
        .failoverTimeMillis(lease)
        .shardSyncIntervalMillis(SHARD_SYNC_MILLIS)
        .leaseAssignmentIntervalMillis(lease / 2)
        .dynamoDbLockBasedLeaderLeaseDurationInMillis(lease)
        .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(lease / 4)
        .gracefulLeaseHandoffConfig(
            GracefulLeaseHandoffConfig.builder()
                .gracefulLeaseHandoffTimeoutMillis(options.handOver().toMillis())
                .build())
        .tags(tags(options));
  }

  private static MetricsConfig metrics(ConfigsBuilder configs, LeaseOptions options) {
    MetricsConfig metrics = configs.metricsConfig();
    return options.metrics() ? metrics : metrics.metricsFactory(new NullMetricsFactory());
  }

  private static List<Tag> tags(LeaseOptions options) {
    return List.of(
        Tag.builder().key("application").value(options.application()).build(),
        Tag.builder().key("stream").value(options.stream()).build());
  }

  /** Shows in the lease table which process on which machine has a shard. */
  private static String workerName() {
    return ManagementFactory.getRuntimeMXBean().getName() + "-" + UUID.randomUUID();
  }

  private record Nothing(HeldShards held) implements RetrievalFactory {
    @Override
    public RecordsPublisher createGetRecordsCache(
        ShardInfo shard, StreamConfig stream, MetricsFactory metrics) {
      String name = shard.shardId();
      return new NoRecords(() -> held.delivered(name), held.end(name));
    }
  }
}
