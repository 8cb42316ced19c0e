package routes.backfill;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import routes.cloud.CloudException;
import routes.cloud.ConditionalPuts;
import routes.cloud.ObjectHeads;
import routes.cloud.ResourceSettings;
import routes.delivery.DeliverySettings;
import routes.delivery.LayerSettings;
import routes.envelope.EnvelopeReader;
import routes.format.Parquet;
import routes.record.RecordParsers;
import routes.retry.SteadyClock;
import routes.signal.Layer;
import routes.signal.Signals;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * {@code java -jar camel-app.jar backfill}: makes the batch layer from the raw one for hours that
 * the streams no longer have.
 */
public final class BackfillCommand {

  private static final int COMPLETE = 0;
  private static final int SOMETHING_LEFT = 1;
  private static final int STOPPED = 2;

  private final ResourceSettings resources;
  private final Optional<LayerSettings> batch;
  private final RecordParsers parsers;

  /**
   * A command for these resources.
   *
   * @param delivery has what objects of the batch layer are like, if there is one
   * @param parsers of what is on the streams
   */
  public BackfillCommand(
      ResourceSettings resources, DeliverySettings delivery, RecordParsers parsers) {
    this.resources = resources;
    this.batch = delivery.layers().stream().filter(layer -> layer.layer() == Layer.BATCH).findAny();
    this.parsers = parsers;
  }

  /** What it does and which options it has. */
  public static String usage() {
    return BackfillOptions.USAGE;
  }

  /**
   * Runs it.
   *
   * @param arguments those after {@code backfill}
   * @return the code to exit with
   */
  public int run(List<String> arguments, KinesisClient kinesis, S3Client s3, PrintStream out)
      throws InterruptedException {
    BackfillOptions options;
    LayerSettings layer;
    try {
      options = BackfillOptions.parse(arguments);
      layer =
          batch.orElseThrow(
              () -> new IllegalArgumentException("There is no batch layer: set BATCH=true"));
    } catch (IllegalArgumentException refused) {
      out.println(refused.getMessage());
      out.print(BackfillOptions.USAGE);
      return STOPPED;
    }
    try {
      new ConditionalPuts(s3, resources.state(), true, SteadyClock.OF_PROCESS).require();
      return run(options, layer, kinesis, s3, out) ? COMPLETE : SOMETHING_LEFT;
    } catch (IOException | SdkException | CloudException | IllegalStateException failure) {
      out.println("Stopped, to be run again: " + failure.getMessage());
      return STOPPED;
    }
  }

  private boolean run(
      BackfillOptions options,
      LayerSettings layer,
      KinesisClient kinesis,
      S3Client s3,
      PrintStream out)
      throws IOException, InterruptedException {
    boolean complete = true;
    try (ObjectHeads heads = new ObjectHeads(s3)) {
      for (Signals.Place raw : resources.signals(Layer.RAW).places()) {
        Backfill backfill =
            new Backfill(
                s3,
                raw,
                resources.signals(Layer.BATCH).bucketOf(raw.stream()),
                new LayerFrontier(
                    kinesis,
                    s3,
                    resources.state(),
                    new EnvelopeReader(parsers.of(raw.signal())),
                    raw.stream()),
                new Backfill.ObjectSize(layer.flushBytes(), layer.flushRecords()),
                new Parquet(parsers, layer.bufferBytes()),
                heads,
                out);
        complete &= backfill.run(options);
      }
    }
    return complete;
  }
}
