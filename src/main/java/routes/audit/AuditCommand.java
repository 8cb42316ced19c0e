package routes.audit;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import routes.cloud.ResourceSettings;
import routes.record.RecordParsers;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code java -jar camel-app.jar audit}: tells whether all on the streams is in the lake, once. */
public final class AuditCommand {

  private static final int BALANCES = 0;
  private static final int DOES_NOT = 1;
  private static final int CANNOT_TELL = 2;

  private final ResourceSettings resources;
  private final RecordParsers parsers;
  private final Duration dedupeWindow;

  /**
   * A command for these resources.
   *
   * @param parsers of what is on the streams
   * @param dedupeWindow within which a second record with one id is left out
   */
  public AuditCommand(ResourceSettings resources, RecordParsers parsers, Duration dedupeWindow) {
    this.resources = resources;
    this.parsers = parsers;
    this.dedupeWindow = dedupeWindow;
  }

  /** What it does and which options it has. */
  public static String usage() {
    return AuditOptions.USAGE;
  }

  /**
   * Runs it.
   *
   * @param arguments those after {@code audit}
   * @return the code to exit with
   */
  public int run(List<String> arguments, KinesisClient kinesis, S3Client s3, PrintStream out)
      throws InterruptedException {
    AuditOptions options;
    try {
      options = AuditOptions.parse(arguments);
      options.requireOneOf(resources.layers());
    } catch (IllegalArgumentException refused) {
      out.println(refused.getMessage());
      out.print(AuditOptions.USAGE);
      return CANNOT_TELL;
    }
    try {
      Audit audit =
          new Audit(
              kinesis, s3, resources, parsers, dedupeWindow, options, out, InstantSource.system());
      return audit.run() ? BALANCES : DOES_NOT;
    } catch (SdkException | IllegalStateException failure) {
      out.println("It cannot be told: " + failure.getMessage());
      return CANNOT_TELL;
    }
  }
}
