package routes;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.cloud.AwsClients;
import routes.cloud.CloudException;
import routes.local.LocalCloud;
import routes.local.kinesis.KinesisOptions;
import routes.settings.AwsSettings;
import routes.settings.Cloud;
import routes.settings.LocalCloudSettings;
import routes.settings.Role;
import routes.settings.Settings;
import routes.settings.SettingsException;

/** The ingestion service: the cloud it was told to use, and the routes on top of it. */
public final class CamelApp implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CamelApp.class);
  private static final int CANNOT_START = 1;
  private static final int BAD_SETTING = 2;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Settings settings;
  private Endpoints endpoints = Endpoints.NONE;
  private volatile boolean up;

  private CamelApp(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] args) {
    try {
      CamelApp app = start(Settings.load(System.getenv()));
      Runtime.getRuntime().addShutdownHook(new Thread(app::close, "stop"));
    } catch (SettingsException refused) {
      exit(BAD_SETTING, refused.getMessage());
    } catch (CloudException failure) {
      exit(CANNOT_START, failure.getMessage());
    } catch (Exception | Error failure) {
      LOG.error("The start failed", failure);
      exit(CANNOT_START, "The start failed: " + failure.getMessage());
    }
  }

  /**
   * Starts everything; it serves when this returns.
   *
   * @throws CloudException when the cloud, a port or a folder cannot be used as set
   * @throws Exception whatever else kept it from starting; what had started is closed again
   */
  public static CamelApp start(Settings settings) throws Exception {
    CamelApp app = new CamelApp(settings);
    try {
      app.startParts();
      return app;
    } catch (Exception | Error failure) {
      app.close();
      throw failure;
    }
  }

  /** Where it can be reached. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** Stops intake, flushes what is open and then closes the rest. Closing again does nothing. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    while (!parts.isEmpty()) {
      AutoCloseable part = parts.pop();
      try {
        part.close();
      } catch (Exception failure) {
        LOG.error("{} did not stop cleanly", part.getClass().getSimpleName(), failure);
      }
    }
    if (up) {
      LOG.info("camel-app is down");
    }
  }

  private void startParts() throws Exception {
    Optional<LocalCloud> local = localCloud();
    List<String> running = List.of();
    endpoints = Endpoints.choose(settings, local.map(LocalCloud::port).orElse(0));
    if (settings.role() != Role.CLOUD) {
      AwsClients aws = clients(local);
      parts.push(aws);
      if (settings.aws().createResources()) {
        StageResources.create(settings, aws);
      }
      PipelineRoutes routes = PipelineRoutes.start(settings, endpoints, aws);
      parts.push(routes);
      running = routes.ids();
    }
    up = true;
    LOG.info("{}", Summary.of(settings, endpoints, running));
  }

  private Optional<LocalCloud> localCloud() {
    if (settings.aws().cloud() != Cloud.EMBEDDED) {
      return Optional.empty();
    }
    LocalCloudSettings local = settings.localCloud();
    LocalCloud cloud =
        LocalCloud.start(
            local.dataDir(),
            local.host(),
            local.port(),
            KinesisOptions.defaults(),
            Clock.systemUTC());
    parts.push(cloud);
    return Optional.of(cloud);
  }

  private AwsClients clients(Optional<LocalCloud> local) {
    AwsSettings aws = settings.aws();
    return local.isPresent()
        ? AwsClients.ofEmbedded(local.get().endpoint(), aws.region())
        : AwsClients.of(aws.endpointUrl().orElse(null), aws.region(), aws.forcePathStyle());
  }

  /** Prints one line, whatever the message is: Camel's show the place in a YAML file on several. */
  private static void exit(int code, @Nullable String message) {
    System.err.println(String.valueOf(message).strip().replaceAll("\\s*\\R\\s*", " "));
    System.exit(code);
  }
}
