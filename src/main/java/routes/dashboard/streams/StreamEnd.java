package routes.dashboard.streams;

import com.google.errorprone.annotations.ThreadSafe;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import routes.dashboard.lake.Undelivered;
import routes.envelope.EnvelopeReader;
import routes.json.ByteSlice;
import routes.record.LogRecord;
import routes.signal.Signal;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Reads the last records of streams, as far back as delivery is behind. Delivery needs the reads of
 * a shard too, of which Kinesis allows five a second, hence few.
 */
@ThreadSafe
public final class StreamEnd implements Undelivered {

  private static final int MAX_SHARDS = 16;
  private static final Duration FURTHEST = Duration.ofMinutes(10);

  /** Arrival times are those of Kinesis's clock, and lag is measured now and then. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  /** What is looked at, in bytes; some search side by side. */
  private static final long MAX_BYTES = Runtime.getRuntime().maxMemory() / 64;

  private final KinesisClient kinesis;
  private final Signals signals;
  private final EnvelopeReader envelopes;
  private final ToDoubleFunction<Signal> lagSeconds;
  private final InstantSource clock;

  /**
   * @param lagSeconds the age of a signal's oldest undelivered record
   */
  public StreamEnd(
      KinesisClient kinesis,
      Signals signals,
      EnvelopeReader envelopes,
      ToDoubleFunction<Signal> lagSeconds,
      InstantSource clock) {
    this.kinesis = kinesis;
    this.signals = signals;
    this.envelopes = envelopes;
    this.lagSeconds = lagSeconds;
    this.clock = clock;
  }

  @Override
  public Waiting to(String bucket) {
    Optional<Signals.Place> place =
        signals.places().stream().filter(each -> each.bucket().equals(bucket)).findAny();
    if (place.isEmpty()) {
      return new Waiting(List.of(), true);
    }
    LastRecords records = new LastRecords(MAX_BYTES);
    String stream = place.get().stream();
    Duration lag =
        Duration.ofMillis((long) (1000 * lagSeconds.applyAsDouble(place.get().signal())));
    boolean complete = lag.compareTo(FURTHEST) <= 0;
    Instant now = clock.instant();
    Instant since = now.minus(complete ? lag : FURTHEST).minus(MARGIN);
    complete &=
        RecentRecords.of(kinesis, stream, since, now, MAX_SHARDS)
            .read((shard, record) -> unpack(record, records));
    return new Waiting(records.list(), complete && records.dropped() == 0);
  }

  private void unpack(Record record, LastRecords records) {
    try {
      envelopes.read(
          ByteSlice.of(record.data().asByteArrayUnsafe()),
          record.approximateArrivalTimestamp(),
          (partitionKey, explicitHashKey) -> true,
          (index, bytes, result) -> {
            if (result instanceof LogRecord found) {
              records.add(found);
            }
          });
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
