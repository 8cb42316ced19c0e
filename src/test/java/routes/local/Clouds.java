package routes.local;

import java.nio.file.Path;
import java.time.Clock;
import routes.cloud.AwsClients;
import routes.local.kinesis.KinesisOptions;

/** Embedded clouds as tests need them, and clients for them. */
public final class Clouds {

  private Clouds() {}

  /** On loopback; port 0 for any free one. */
  public static LocalCloud start(Path data, int port) {
    return LocalCloud.start(data, "127.0.0.1", port, KinesisOptions.defaults(), Clock.systemUTC());
  }

  public static AwsClients clientsOf(LocalCloud cloud) {
    return AwsClients.ofEmbedded(cloud.endpoint(), "us-east-1");
  }
}
