package routes.kinesis.leases;

import java.time.Duration;

/**
 * How shards are shared.
 *
 * @param stream the name of the only stream that is shared
 * @param application the name of the lease table, and the beginning of the names of the two tables
 *     beside it
 * @param lease how long a worker that gives no sign of life keeps its shards
 * @param handOver how long a worker may take to deliver what it holds of a shard that goes to
 *     another
 * @param metrics whether to send the Kinesis Client Library's metrics to CloudWatch
 */
public record LeaseOptions(
    String stream, String application, Duration lease, Duration handOver, boolean metrics) {}
