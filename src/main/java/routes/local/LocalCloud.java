package routes.local;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import routes.cloud.CloudException;
import routes.local.kinesis.EmbeddedKinesis;
import routes.local.kinesis.KinesisOptions;
import routes.local.logs.EmbeddedLogs;
import routes.local.s3.EmbeddedS3;
import routes.local.sqs.EmbeddedSqs;

/**
 * Kinesis, S3, SQS and CloudWatch Logs behind one HTTP port, in this process, with all data under
 * one directory.
 *
 * <p>Credentials and region of a request are not looked at. Safe for use by several threads.
 */
public final class LocalCloud implements AutoCloseable {

  static final String OBJECTS = "s3";

  private static final Set<String> REACHED_AS_LOCALHOST =
      Set.of("127.0.0.1", "0.0.0.0", "::1", "::");

  @GuardedBy("this")
  private final Deque<AutoCloseable> parts;

  private final String host;
  private final int port;

  private LocalCloud(Deque<AutoCloseable> parts, String host, int port) {
    this.parts = parts;
    this.host = host;
    this.port = port;
  }

  /**
   * Starts the cloud; it serves requests when this returns.
   *
   * @param dataDir created if it is not there; held until {@link #close()}
   * @param host the address to listen on
   * @param port 0 for any free port
   * @param clock what the embedded Kinesis goes by; the others go by the system's
   * @throws CloudException when the directory or the port cannot be used
   */
  public static LocalCloud start(
      Path dataDir, String host, int port, KinesisOptions kinesisOptions, Clock clock) {
    Deque<AutoCloseable> parts = new ArrayDeque<>();
    try {
      DataDirectory data = DataDirectory.open(dataDir);
      parts.push(data);
      EmbeddedS3 s3 =
          new EmbeddedS3(data.directory(OBJECTS), data.place("s3-uploads"), data.namesAreExact());
      EmbeddedSqs sqs =
          new EmbeddedSqs(data.directory("sqs"), kinesisOptions.region(), Clock.systemUTC());
      EmbeddedLogs logs =
          new EmbeddedLogs(data.directory("logs"), kinesisOptions.region(), Clock.systemUTC());
      EmbeddedKinesis kinesis =
          new EmbeddedKinesis(data.directory("kinesis"), kinesisOptions, clock);
      parts.push(kinesis);
      Gateway gateway = Gateway.start(host, port, kinesis, sqs, logs, s3);
      parts.push(gateway::stop);
      return new LocalCloud(parts, host, gateway.port());
    } catch (Exception e) {
      CloudException failure =
          e instanceof CloudException known
              ? known
              : new CloudException(
                  "The embedded cloud cannot start on DATA_DIR %s: %s".formatted(dataDir, e), e);
      closeAll(parts, failure);
      throw failure;
    }
  }

  /** The folder with one of each bucket, in which an object is a plain file at its key. */
  public static Path objects(Path dataDir) {
    return dataDir.resolve(OBJECTS);
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** What a client on this machine sets {@code AWS_ENDPOINT_URL} to. */
  public URI endpoint() {
    return URI.create(
        "http://%s:%s".formatted(REACHED_AS_LOCALHOST.contains(host) ? "localhost" : host, port));
  }

  /** Stops serving; requests under way are cut off, unanswered. Closing again does nothing. */
  @Override
  public synchronized void close() {
    CloudException failure = new CloudException("The embedded cloud did not stop cleanly");
    closeAll(parts, failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  /** The last part started is closed first; what goes wrong is added to {@code failure}. */
  private static void closeAll(Deque<AutoCloseable> parts, CloudException failure) {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
  }
}
