package routes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import routes.cloud.CloudException;
import routes.http.HttpSettings;

/**
 * The ports this process listens on; 0 where it does not.
 *
 * @param localCloud Kinesis, S3 and SQS of the embedded cloud
 * @param ingest the HTTP intake
 * @param grpc the intake for OpenTelemetry's protocol over gRPC
 * @param dashboard dashboard, health and metrics
 */
public record Endpoints(int localCloud, int ingest, int grpc, int dashboard) {

  private static final Logger LOG = LoggerFactory.getLogger(Endpoints.class);
  private static final int USUAL_GRPC_PORT = 4317;

  static final Endpoints NONE = new Endpoints(0, 0, 0, 0);

  /**
   * Chooses a free port where none is set. Camel only warns of a busy port and cannot tell two
   * servers on port 0 apart, hence the ports are tried here.
   *
   * @throws CloudException when a port that is set is busy
   */
  static Endpoints choose(Settings settings, int localCloud) {
    boolean takesIn = settings.role().takesIn();
    HttpSettings http = settings.intake().http();
    int ingest = takesIn ? free("INGEST_PORT", http.host(), http.port()) : 0;
    int grpc =
        takesIn && http.grpcPort().isPresent() ? grpc(http.host(), http.grpcPort().getAsInt()) : 0;
    int dashboard =
        settings.role().runsRoutes()
            ? free("DASHBOARD_PORT", settings.dashboard().host(), settings.dashboard().port())
            : 0;
    return new Endpoints(localCloud, ingest, grpc, dashboard);
  }

  /**
   * Where the usual port is busy, as beside a Collector or another one of these, it is done
   * without.
   */
  private static int grpc(String host, int port) {
    try {
      return free("OTLP_GRPC_PORT", host, port);
    } catch (CloudException busy) {
      if (port != USUAL_GRPC_PORT) {
        throw busy;
      }
      LOG.warn(
          "OTLP is not taken over gRPC, as port {} is in use: set OTLP_GRPC_PORT to another one, or to off",
          port);
      return 0;
    }
  }

  private static int free(String variable, String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return socket.getLocalPort();
    } catch (IOException busy) {
      throw new CloudException(
          "%s=%s on %s cannot be used (%s): stop what listens there, or set %s to another port or 0"
              .formatted(variable, port, host, busy.getMessage(), variable),
          busy);
    }
  }
}
