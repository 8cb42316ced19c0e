package routes.cloud;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import routes.settings.SettingsReader;
import routes.settings.Value;
import routes.signal.Layer;
import routes.signal.Signal;
import routes.signal.Signals;

/**
 * The names of what this app uses at AWS.
 *
 * @param signals with the stream and the bucket of each
 * @param batch the same signals and streams with the buckets of the batch layer; empty = none
 * @param shardCount used only when this app creates a stream
 * @param state the bucket of the checkpoints, another one than those of the signals
 * @param deadLetterQueue an SQS standard queue
 */
public record ResourceSettings(
    Signals signals,
    Optional<Signals> batch,
    int shardCount,
    String state,
    String deadLetterQueue) {

  private static final Pattern STREAM_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final String STREAM_RULE =
      "1 to 128 letters, digits, dots, hyphens and underscores";
  private static final Pattern BUCKET =
      Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final String BUCKET_RULE =
      "3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no"
          + " two dots together";
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  private static final ImmutableList<String> RAW_BUCKETS =
      ImmutableList.of("lake.bucket", "metrics.bucket", "apm.bucket");

  private static final ImmutableMap<Signal, String> BATCH_BUCKETS =
      ImmutableMap.of(
          Signal.LOGS, "batch.logs-bucket",
          Signal.METRICS, "batch.metrics-bucket",
          Signal.TRACES, "batch.apm-bucket");

  /** In place of a name: the signal is not taken. */
  private static final String OFF = "off";

  /** The logs alone. */
  public ResourceSettings(
      String stream, int shardCount, String lake, String state, String deadLetterQueue) {
    this(Signals.logsOnly(stream, lake), Optional.empty(), shardCount, state, deadLetterQueue);
  }

  /** The layers that are delivered, the raw one first. */
  public List<Layer> layers() {
    return batch.isPresent() ? List.of(Layer.RAW, Layer.BATCH) : List.of(Layer.RAW);
  }

  /** The signals with the buckets of a layer, one of {@link #layers()}. */
  public Signals signals(Layer layer) {
    return layer == Layer.RAW ? signals : batch.orElseThrow();
  }

  /** The stream of the logs. */
  public String stream() {
    return signals.logs().stream();
  }

  /** The bucket of the logs; also that of what dead letters point to. */
  public String lake() {
    return signals.logs().bucket();
  }

  /** Reads them. */
  public static ResourceSettings from(SettingsReader reader) {
    Signals signals = signals(reader);
    Optional<Signals> batch = batch(reader, signals);
    int shards = reader.value("kinesis.shard-count").integer(1, 10_000);
    Value state = reader.value("state.bucket");
    for (String property :
        Iterables.concat(
            RAW_BUCKETS, batch.isPresent() ? BATCH_BUCKETS.values() : List.<String>of())) {
      Value bucket = reader.value(property);
      if (bucket.matching(BUCKET, BUCKET_RULE).equals(state.matching(BUCKET, BUCKET_RULE))) {
        throw state.refused(
            "must not be %s too; checkpoints need a bucket of their own"
                .formatted(bucket.variable()));
      }
    }
    String queue =
        reader
            .value("dead-letter.queue")
            .matching(
                QUEUE,
                "1 to 80 letters, digits, hyphens and underscores (a standard queue, not .fifo)");
    return new ResourceSettings(signals, batch, shards, state.matching(BUCKET, BUCKET_RULE), queue);
  }

  private static Signals signals(SettingsReader reader) {
    List<Signals.Place> places = new ArrayList<>();
    places.add(
        new Signals.Place(
            Signal.LOGS,
            reader.value("kinesis.stream-name").matching(STREAM_NAME, STREAM_RULE),
            reader.value("lake.bucket").matching(BUCKET, BUCKET_RULE)));
    addPlace(Signal.METRICS, "metrics.stream-name", "metrics.bucket", reader, places);
    addPlace(Signal.TRACES, "apm.stream-name", "apm.bucket", reader, places);
    return new Signals(places);
  }

  private static Optional<Signals> batch(SettingsReader reader, Signals raw) {
    List<Signals.Place> places = new ArrayList<>();
    Set<String> taken = new HashSet<>(raw.buckets());
    boolean enabled = reader.value("batch.enabled").flag();
    BATCH_BUCKETS.forEach(
        (signal, property) -> {
          Value bucket = reader.value(property);
          String name = bucket.matching(BUCKET, BUCKET_RULE);
          Optional<Signals.Place> place = raw.find(signal);
          if (enabled && place.isPresent()) {
            if (!taken.add(name)) {
              throw bucket.refused(
                  "is another layer's or signal's bucket; each needs one of its own");
            }
            places.add(new Signals.Place(signal, place.get().stream(), name));
          }
        });
    return enabled ? Optional.of(new Signals(places)) : Optional.empty();
  }

  private static void addPlace(
      Signal signal,
      String streamName,
      String bucketName,
      SettingsReader reader,
      List<Signals.Place> places) {
    Value stream = reader.value(streamName);
    Value bucket = reader.value(bucketName);
    Signals.Place place =
        new Signals.Place(
            signal,
            stream.matching(STREAM_NAME, STREAM_RULE + ", or off"),
            bucket.matching(BUCKET, BUCKET_RULE + ", or off"));
    if (place.stream().equals(OFF) || place.bucket().equals(OFF)) {
      stream.as(name -> OFF, off -> off);
      bucket.as(name -> OFF, off -> off);
      return;
    }
    places.add(place);
    if (new HashSet<>(places.stream().map(Signals.Place::stream).toList()).size() < places.size()) {
      throw stream.refused("is another signal's stream; each needs one of its own");
    }
    if (new HashSet<>(places.stream().map(Signals.Place::bucket).toList()).size() < places.size()) {
      throw bucket.refused("is another signal's bucket; each needs one of its own");
    }
  }
}
