package routes;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import routes.cloud.AwsClients;
import routes.cloud.AwsSettings;
import routes.cloud.CloudException;
import routes.kafka.KinesisOverKafka;
import routes.local.LocalCloud;
import routes.local.LocalCloudSettings;
import routes.local.kinesis.KinesisOptions;
import routes.settings.Cloud;

/** The cloud that the settings name; the embedded one runs in this process. */
final class ChosenCloud implements AutoCloseable {

  private final Settings settings;
  private final @Nullable LocalCloud embedded;

  private ChosenCloud(Settings settings, @Nullable LocalCloud embedded) {
    this.settings = settings;
    this.embedded = embedded;
  }

  /**
   * Starts it, if it is the embedded one.
   *
   * @throws CloudException when its folder or port cannot be used
   */
  static ChosenCloud start(Settings settings) {
    if (settings.aws().cloud() != Cloud.EMBEDDED) {
      return new ChosenCloud(settings, null);
    }
    LocalCloudSettings local = settings.localCloud();
    KinesisOptions options =
        KinesisOptions.defaults()
            .withConsumer(new EmbeddedDelivery(settings, LocalCloud.objects(local.dataDir())));
    return new ChosenCloud(
        settings,
        LocalCloud.start(local.dataDir(), local.host(), local.port(), options, Clock.systemUTC()));
  }

  /** What the embedded one listens on; 0 for any other. */
  int port() {
    return embedded == null ? 0 : embedded.port();
  }

  /** Clients of it, to be closed by the caller. */
  AwsClients clients() {
    return clients(
        settings, embedded == null ? Optional.empty() : Optional.of(embedded.endpoint()));
  }

  /** Clients of it, for a process beside the one that runs it. */
  static AwsClients clientsFromOutside(Settings settings) {
    return clients(
        settings,
        settings.aws().cloud() == Cloud.EMBEDDED
            ? Optional.of(URI.create("http://localhost:" + settings.localCloud().port()))
            : Optional.empty());
  }

  private static AwsClients clients(Settings settings, Optional<URI> embedded) {
    AwsSettings aws = settings.aws();
    AwsClients clients =
        embedded.isPresent()
            ? AwsClients.ofEmbedded(embedded.get(), aws.region())
            : AwsClients.of(
                aws.endpointUrl().orElse(null),
                aws.region(),
                aws.forcePathStyle(),
                settings.reading().inPlace());
    return settings
        .kafka()
        .map(kafka -> clients.withStreamsOf(new KinesisOverKafka(kafka)))
        .orElse(clients);
  }

  /** Lines for an operator, which begin with a word. */
  String summary() {
    return place() + settings.kafka().map(kafka -> "\nkafka      " + kafka.brokers()).orElse("");
  }

  private String place() {
    if (embedded != null) {
      Path data = settings.localCloud().dataDir().toAbsolutePath().normalize();
      return "cloud      EMBEDDED, http://localhost:%s, all data under %s".formatted(port(), data);
    }
    AwsSettings aws = settings.aws();
    return "cloud      "
        + aws.endpointUrl()
            .map(endpoint -> "emulator at " + endpoint)
            .orElse("AWS, " + aws.region());
  }

  @Override
  public void close() {
    if (embedded != null) {
      embedded.close();
    }
  }
}
