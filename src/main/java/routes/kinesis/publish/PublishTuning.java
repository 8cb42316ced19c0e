package routes.kinesis.publish;

import java.time.Duration;

/**
 * How records are gathered and sent.
 *
 * @param linger how long a record may wait for others while requests are in flight; zero or more.
 *     Nothing waits when no request is in flight or when a full one can be made
 * @param requestsInFlight {@code PutRecords} calls at once for each stream, 1 to 64; so many
 *     threads are started for a stream
 * @param requestBytes largest request, data and partition keys, 1 MiB to 10 MiB. The default is 5
 *     MiB: AWS takes 10 MiB, older emulators only half of it, and a shard takes 1 MiB a second
 * @param bufferBytes data and partition keys of all callers not yet answered, 1 byte to 2 GiB
 * @param deadline how long a caller is kept waiting before it is told what is missing; more than
 *     zero. Keep it below half the window in which copies are recognised on the delivery side: no
 *     record is sent after its caller's deadline, so copies stay within that window
 * @param gathered whether the client underneath gathers the records of a key, as {@link
 *     AggregatingKinesisClient} does: a request then holds as many as 500 Kinesis records come of
 */
public record PublishTuning(
    Duration linger,
    int requestsInFlight,
    int requestBytes,
    int bufferBytes,
    Duration deadline,
    boolean gathered) {

  private static final int MIB = 1 << 20;

  public PublishTuning {
    require(!linger.isNegative(), "linger", linger, "zero or more");
    require(
        requestsInFlight >= 1 && requestsInFlight <= 64,
        "requestsInFlight",
        requestsInFlight,
        "1 to 64");
    require(
        requestBytes >= KinesisLimits.RECORD_BYTES && requestBytes <= KinesisLimits.REQUEST_BYTES,
        "requestBytes",
        requestBytes,
        KinesisLimits.RECORD_BYTES + " to " + KinesisLimits.REQUEST_BYTES);
    require(bufferBytes >= 1, "bufferBytes", bufferBytes, "1 to " + Integer.MAX_VALUE);
    require(deadline.toNanos() > 0, "deadline", deadline, "more than zero");
  }

  /**
   * 5 ms linger, 8 requests in flight, 5 MiB requests, 20 s deadline: 200,000 records a second
   * while Kinesis answers within 20 ms. Gathered, a request holds 1 MiB: as many small records in 5
   * MiB would be refused in crowds by one busy shard, and time out over a slow line.
   */
  public static PublishTuning withBuffer(int bytes, boolean gathered) {
    return new PublishTuning(
        Duration.ofMillis(5), 8, gathered ? MIB : 5 * MIB, bytes, Duration.ofSeconds(20), gathered);
  }

  /** How much a request holds. */
  RequestLimit request() {
    return new RequestLimit(requestBytes, gathered);
  }

  private static void require(boolean allowed, String name, Object value, String range) {
    if (!allowed) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed is " + range);
    }
  }
}
