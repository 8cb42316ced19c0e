package routes.errors;

import java.time.Clock;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.camel.main.Main;
import routes.app.Part;
import routes.cloud.AwsClients;
import routes.cloud.ResourceSettings;
import routes.kinesis.read.LayerReading;
import routes.kinesis.read.ShardAssignment;
import routes.ledger.CheckpointStore;
import routes.ledger.DeliveryBuffer;
import routes.ledger.SettingsGuard;
import routes.record.FieldNames;
import routes.record.LevelReader;
import routes.signal.Layer;
import routes.signal.Signals;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;

/**
 * A further reader of the logs, which puts what tells of trouble where alarms see it. It has places
 * of its own, so that neither it nor delivery waits for the other.
 */
public final class ErrorsPart implements Part {

  private final ErrorsSettings settings;
  private final EventCounts counts = new EventCounts();
  private final Errors errors;
  private final Signals signals;
  private final Optional<Output> output;

  /** What there is where anything is put. */
  private record Output(CloudWatchLogsClient logs, LogGroup group, LayerReading reading) {}

  /**
   * @param delivers whether this process reads shards at all
   * @param creates whether to create the group where it is missing
   * @param memory as much as delivery has, in bytes, so that both recognise the same copies
   * @param assignments which shards of a stream this process delivers; it puts of the same
   */
  public ErrorsPart(
      ErrorsSettings settings,
      boolean delivers,
      boolean creates,
      AwsClients aws,
      ResourceSettings resources,
      FieldNames names,
      long memory,
      Function<String, ShardAssignment> assignments) {
    this.settings = settings;
    this.signals = Signals.logsOnly(resources.stream(), resources.lake());
    this.errors = new Errors(new LevelReader(names), Clock.systemUTC());
    this.output =
        settings
            .logGroup()
            .filter(group -> delivers)
            .map(
                group -> {
                  CloudWatchLogsClient logs = aws.forLogs();
                  return new Output(
                      logs,
                      new LogGroup(logs, group, creates, counts),
                      new LayerReading(
                          // No setting changes which record is which event.
                          new CheckpointStore(
                              aws.s3(),
                              resources.state(),
                              Layer.ERRORS,
                              new SettingsGuard(
                                  Collections.unmodifiableSortedMap(new TreeMap<>()), true)),
                          new DeliveryBuffer(memory),
                          stream -> asOf(assignments.apply(stream)),
                          shard -> {}));
                });
  }

  /** Only who has a shard: the rest of an assignment is delivery's to be told. */
  private static ShardAssignment asOf(ShardAssignment delivery) {
    return stream -> delivery.shards(stream);
  }

  /** How the logs are read for this; empty where nothing is put. */
  public Optional<LayerReading> reading() {
    return output.map(Output::reading);
  }

  /** The logs alone. */
  public Signals signals() {
    return signals;
  }

  /** What was put and refused. */
  public EventCounts counts() {
    return counts;
  }

  @Override
  public void bind(Main main) {
    output.ifPresent(
        each -> {
          each.group().ensure();
          main.bind("errors", errors);
          main.bind("log-group", each.group());
        });
  }

  @Override
  public String summary() {
    return output.isPresent()
        ? "errors     %s and above to the log group %s"
            .formatted(
                settings.level().name().toLowerCase(Locale.ROOT), settings.logGroup().orElseThrow())
        : "";
  }

  @Override
  public void close() {
    output.ifPresent(each -> each.logs().close());
  }
}
