package routes.cloud;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import routes.settings.SettingsReader;
import routes.settings.Value;
import routes.signal.Signal;
import routes.signal.Signals;

/**
 * The names of what this app uses at AWS.
 *
 * @param signals with the stream and the bucket of each
 * @param shardCount used only when this app creates a stream
 * @param state the bucket of the checkpoints, another one than those of the signals
 * @param deadLetterQueue an SQS standard queue
 */
public record ResourceSettings(
    Signals signals, int shardCount, String state, String deadLetterQueue) {

  private static final Pattern STREAM_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final String STREAM_RULE =
      "1 to 128 letters, digits, dots, hyphens and underscores";
  private static final Pattern BUCKET =
      Pattern.compile("(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final String BUCKET_RULE =
      "3 to 63 lower-case letters, digits, dots and hyphens, a letter or digit at both ends, no"
          + " two dots together";
  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9_-]{1,80}");

  /** In place of a name: the signal is not taken. */
  private static final String OFF = "off";

  /** The logs alone. */
  public ResourceSettings(
      String stream, int shardCount, String lake, String state, String deadLetterQueue) {
    this(Signals.logsOnly(stream, lake), shardCount, state, deadLetterQueue);
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
    int shards = reader.value("kinesis.shard-count").integer(1, 10_000);
    Value state = reader.value("state.bucket");
    for (String property : List.of("lake.bucket", "metrics.bucket", "apm.bucket")) {
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
    return new ResourceSettings(signals, shards, state.matching(BUCKET, BUCKET_RULE), queue);
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
