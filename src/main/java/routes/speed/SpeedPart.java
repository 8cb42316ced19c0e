package routes.speed;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.app.Part;
import routes.app.Threads;
import routes.cloud.ResourceSettings;
import routes.envelope.EnvelopeReader;
import routes.http.api.Request;
import routes.kinesis.read.KinesisShardsComponent;
import routes.kinesis.read.LayerReading;
import routes.kinesis.read.ShardAssignment;
import routes.kinesis.read.SharedReads;
import routes.ledger.DeliveryBuffer;
import routes.record.RecordParsers;
import routes.signal.Layer;
import routes.signal.Signal;
import routes.stream.ReadingStatus;

/**
 * The streams' further reader, which counts. It has places, windows of copies and threads of its
 * own, so that neither it nor delivery waits for the other.
 */
public final class SpeedPart implements Part {

  private static final Logger LOG = LoggerFactory.getLogger(SpeedPart.class);

  /** For how long the database is made ready, should nobody do so again. */
  private static final Duration AHEAD = Duration.ofDays(2);

  private final ScheduledExecutorService timer = Threads.timer("speed");
  private final SpeedSettings settings;
  private final Optional<Counting> counting;

  /** What there is where anything is counted. */
  private record Counting(
      Database database, FigureStore store, Figures figures, KinesisShardsComponent shards) {}

  /**
   * @param parsers of what is on the streams
   * @param memory as much as delivery has, in bytes, so that both recognise the same copies
   * @param assignments which shards of a stream this process delivers; it counts the same
   */
  public SpeedPart(
      SpeedSettings settings,
      ResourceSettings resources,
      SharedReads reads,
      RecordParsers parsers,
      long memory,
      Function<String, ShardAssignment> assignments) {
    this.settings = settings;
    Function<String, Signal> signals = stream -> resources.signals().of(stream).signal();
    this.counting =
        settings.enabled()
            ? Optional.of(
                counting(
                    settings,
                    reads,
                    stream -> new EnvelopeReader(parsers.of(signals.apply(stream))),
                    signals,
                    memory,
                    assignments))
            : Optional.empty();
  }

  private static Counting counting(
      SpeedSettings settings,
      SharedReads reads,
      Function<String, EnvelopeReader> envelopes,
      Function<String, Signal> signals,
      long memory,
      Function<String, ShardAssignment> assignments) {
    Database database = new Database(settings.url(), settings.user(), settings.password());
    FigureStore store = new FigureStore(database::connect);
    return new Counting(
        database,
        store,
        new Figures(store, signals),
        new KinesisShardsComponent(
            reads,
            envelopes,
            Map.of(
                Layer.RAW,
                new LayerReading(
                    store,
                    new DeliveryBuffer(memory),
                    stream -> assignment(store, assignments.apply(stream)),
                    shard -> {}))));
  }

  /**
   * Only who has a shard: the rest of an assignment is delivery's to be told. Nobody has one for a
   * moment when the database has forgotten something, so that all begin again where it says.
   */
  private static ShardAssignment assignment(FigureStore store, ShardAssignment delivery) {
    return stream -> store.takeForgotten(stream) ? Optional.of(Set.of()) : delivery.shards(stream);
  }

  /** What is read to be counted; empty where nothing is counted. */
  public Optional<Supplier<ReadingStatus>> reading() {
    return counting.map(each -> () -> each.shards().status(Layer.RAW));
  }

  /** What {@code /api/figures} answers. */
  public Object figures(Request request) {
    return new FiguresEndpoint(counting.map(Counting::store), InstantSource.system())
        .answer(request);
  }

  @Override
  public void bind(Main main) {
    counting.ifPresent(
        each -> {
          main.bind("speed-shards", each.shards());
          main.bind("figures", each.figures());
        });
  }

  @Override
  public void started(CamelContext camel) {
    counting.ifPresent(
        each -> timer.scheduleWithFixedDelay(() -> keep(each.store()), 1, 60, TimeUnit.MINUTES));
  }

  private void keep(FigureStore store) {
    Instant now = InstantSource.system().instant();
    try {
      store.keep(Key.MINUTE, now.minus(settings.keepMinutes()), now.plus(AHEAD));
      store.keep(Key.HOUR, now.minus(settings.keepHours()), now.plus(AHEAD));
    } catch (SQLException | RuntimeException failure) {
      LOG.warn("Old figures are kept for now: {}", failure.getMessage());
    }
  }

  @Override
  public String summary() {
    return settings.enabled() ? "figures    " + settings.url().replaceFirst("[;?].*", "") : "";
  }

  @Override
  public void close() {
    timer.shutdownNow();
    counting.ifPresent(each -> each.database().close());
  }
}
