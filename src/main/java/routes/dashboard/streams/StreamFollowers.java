package routes.dashboard.streams;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import com.google.errorprone.annotations.ThreadSafe;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import routes.dashboard.lake.Incoming;
import routes.envelope.EnvelopeReader;
import routes.http.HttpProblem;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Everybody who follows a stream; those of one share its reads. */
@ThreadSafe
public final class StreamFollowers implements Incoming, AutoCloseable {

  private final KinesisClient kinesis;
  private final Signals signals;
  private final EnvelopeReader envelopes;
  private final InstantSource clock;
  private final Map<String, FollowedStream> streams = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          new ThreadFactoryBuilder().setNameFormat("dashboard-tail-%d").setDaemon(true).build());

  public StreamFollowers(
      KinesisClient kinesis, Signals signals, EnvelopeReader envelopes, InstantSource clock) {
    this.kinesis = kinesis;
    this.signals = signals;
    this.envelopes = envelopes;
    this.clock = clock;
  }

  @Override
  public Following follow(String bucket) {
    String stream =
        signals.places().stream()
            .filter(place -> place.bucket().equals(bucket))
            .findAny()
            .orElseThrow(() -> HttpProblem.missing("No stream is delivered to " + bucket))
            .stream();
    return streams
        .computeIfAbsent(
            stream, name -> new FollowedStream(kinesis, name, envelopes, clock, threads))
        .join();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
