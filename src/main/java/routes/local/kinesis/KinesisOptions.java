package routes.local.kinesis;

/**
 * How the embedded Kinesis behaves where AWS leaves a choice.
 *
 * @param throttled whether shards have AWS's limits: 1 MiB/s and 1,000 records/s in, 5 reads/s
 * @param segmentBytes size at which a shard's file is followed by a new one; retention deletes
 *     whole files. Positive
 * @param retentionHours of new streams, 24 to 8760
 * @param shardLimit how many open shards all streams may have together
 * @param region the region in ARNs
 * @param consumer whose records do not expire before it has them
 * @param faults errors to answer with, for tests
 */
public record KinesisOptions(
    boolean throttled,
    long segmentBytes,
    int retentionHours,
    int shardLimit,
    String region,
    StreamConsumer consumer,
    Faults faults) {

  public KinesisOptions {
    if (segmentBytes <= 0) {
      throw new IllegalArgumentException("segmentBytes is " + segmentBytes + ", must be positive");
    }
    if (retentionHours < RetentionPeriod.MIN_HOURS || retentionHours > RetentionPeriod.MAX_HOURS) {
      throw new IllegalArgumentException(
          "retentionHours is %s, must be %s to %s"
              .formatted(retentionHours, RetentionPeriod.MIN_HOURS, RetentionPeriod.MAX_HOURS));
    }
  }

  /** No throttling, 64 MiB segments, 24 hours, 500 shards, us-east-1, no consumer, no faults. */
  public static KinesisOptions defaults() {
    return new KinesisOptions(
        false,
        64 << 20,
        RetentionPeriod.MIN_HOURS,
        500,
        "us-east-1",
        StreamConsumer.NONE,
        Faults.NONE);
  }

  /** These options with or without AWS's rates per shard. */
  public KinesisOptions withThrottling(boolean enabled) {
    return new KinesisOptions(
        enabled, segmentBytes, retentionHours, shardLimit, region, consumer, faults);
  }

  /** These options with another segment size. */
  public KinesisOptions withSegmentBytes(long bytes) {
    return new KinesisOptions(
        throttled, bytes, retentionHours, shardLimit, region, consumer, faults);
  }

  /** These options with another limit of open shards. */
  public KinesisOptions withShardLimit(int shards) {
    return new KinesisOptions(
        throttled, segmentBytes, retentionHours, shards, region, consumer, faults);
  }

  /** These options with another region in ARNs. */
  public KinesisOptions withRegion(String name) {
    return new KinesisOptions(
        throttled, segmentBytes, retentionHours, shardLimit, name, consumer, faults);
  }

  /** These options with a consumer that gets all records of its streams. */
  public KinesisOptions withConsumer(StreamConsumer reader) {
    return new KinesisOptions(
        throttled, segmentBytes, retentionHours, shardLimit, region, reader, faults);
  }

  /** These options with faults to inject. */
  public KinesisOptions withFaults(Faults injected) {
    return new KinesisOptions(
        throttled, segmentBytes, retentionHours, shardLimit, region, consumer, injected);
  }
}
