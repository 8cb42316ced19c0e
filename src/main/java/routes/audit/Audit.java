package routes.audit;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import routes.cloud.ResourceSettings;
import routes.envelope.EnvelopeReader;
import routes.kinesis.read.StreamScan;
import routes.ledger.Checkpoint;
import routes.ledger.CheckpointStore;
import routes.ledger.DuplicateWindow;
import routes.ledger.SettingsGuard;
import routes.ledger.ShardId;
import routes.ledger.WindowMemory;
import routes.partition.PartitionValue;
import routes.record.RecordParsers;
import routes.retry.SteadyClock;
import routes.signal.Layer;
import routes.signal.Signals;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Compares streams with the lake. What AWS answers with, or fails to, reaches the caller. */
final class Audit {

  private static final long WINDOW_BYTES = 64L << 20;

  /** How far the clocks of Kinesis and S3, and of this machine, may be apart. */
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

  private final KinesisClient kinesis;
  private final S3Client s3;
  private final ResourceSettings resources;
  private final RecordParsers parsers;
  private final Duration dedupeWindow;
  private final AuditOptions options;
  private final PrintStream out;
  private final InstantSource clock;

  /**
   * @param parsers of what is on the streams
   * @param dedupeWindow within which a second record with one id is left out
   */
  Audit(
      KinesisClient kinesis,
      S3Client s3,
      ResourceSettings resources,
      RecordParsers parsers,
      Duration dedupeWindow,
      AuditOptions options,
      PrintStream out,
      InstantSource clock) {
    this.kinesis = kinesis;
    this.s3 = s3;
    this.resources = resources;
    this.parsers = parsers;
    this.dedupeWindow = dedupeWindow;
    this.options = options;
    this.out = out;
    this.clock = clock;
  }

  /** Whether everything on every stream is accounted for. */
  boolean run() throws InterruptedException {
    boolean balances = true;
    for (Layer layer : resources.layers()) {
      if (options.layer().isEmpty() || options.layer().get() == layer) {
        for (Signals.Place place : resources.signals(layer).places()) {
          balances &= run(layer, place);
        }
      }
    }
    return balances;
  }

  private boolean run(Layer layer, Signals.Place place) throws InterruptedException {
    out.printf("%s: %s -> s3://%s%n", place.signal().word(), place.stream(), place.bucket());
    Tally tally = new Tally();
    Consumer<Fault> faults =
        fault -> {
          tally.fault();
          out.println(fault);
        };
    EnvelopeReader envelopes = new EnvelopeReader(parsers.of(place.signal()));
    StreamScan stream = new StreamScan(kinesis, envelopes, place.stream());
    List<ShardId> shards = stream.shards();
    // First, so that whatever they call delivered is in the lake when it is listed.
    Map<ShardId, Checkpoint> checkpoints = checkpoints(layer, shards);
    Optional<Instant> counted = counted(stream);
    LakeIndex lake =
        LakeIndex.read(
            s3,
            place.bucket(),
            prefix(),
            counted.map(time -> time.minus(CLOCK_SKEW)).orElse(Instant.MIN),
            faults);
    Map<ShardId, DuplicateWindow> windows = new HashMap<>();
    WindowMemory memory = new WindowMemory(WINDOW_BYTES);
    Progress progress = new Progress(out, SteadyClock.OF_PROCESS);
    for (ShardId shard : shards) {
      DuplicateWindow window = new DuplicateWindow(dedupeWindow.toMillis(), memory);
      for (ShardId ancestor : stream.ancestors(shard)) {
        window.addAll(Objects.requireNonNull(windows.get(ancestor)));
      }
      windows.put(shard, window);
      ShardAudit audit =
          new ShardAudit(
              s3,
              shard,
              options.service(),
              counted.orElse(Instant.MIN),
              options.to().orElse(Instant.MAX),
              lake.of(shard),
              checkpoints.getOrDefault(shard, Checkpoint.NONE),
              window,
              tally,
              faults);
      stream.read(
          shard,
          counted.map(time -> time.minus(dedupeWindow)).orElse(null),
          (position, arrival, result) -> {
            audit.take(position, arrival, result);
            progress.read(shard, arrival);
          });
      audit.end();
    }
    windows.values().forEach(DuplicateWindow::close);
    out.println(tally.text());
    out.println(tally.balances() ? "All accounted for" : "NOT ALL ACCOUNTED FOR");
    return tally.balances();
  }

  private Map<ShardId, Checkpoint> checkpoints(Layer layer, List<ShardId> shards) {
    CheckpointStore store =
        new CheckpointStore(s3, resources.state(), layer, new SettingsGuard(new TreeMap<>(), true));
    Map<ShardId, Checkpoint> checkpoints = new HashMap<>();
    shards.forEach(shard -> checkpoints.put(shard, store.load(shard)));
    return checkpoints;
  }

  private String prefix() {
    return options.service().map(name -> "service=" + PartitionValue.encode(name) + "/").orElse("");
  }

  /**
   * Since when records count. Those that came before may be what a later one is a copy of, and
   * those that the stream is about to drop may be gone before they are read.
   */
  private Optional<Instant> counted(StreamScan stream) {
    if (options.from().isPresent()) {
      return options.from();
    }
    Instant oldest = clock.instant().minus(stream.retention());
    return stream.created().isAfter(oldest)
        ? Optional.empty()
        : Optional.of(oldest.plus(dedupeWindow).plus(CLOCK_SKEW));
  }
}
