package routes;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
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
        takesIn && http.grpcPort().isPresent()
            ? free("OTLP_GRPC_PORT", http.host(), http.grpcPort().getAsInt())
            : 0;
    int dashboard =
        settings.role().runsRoutes()
            ? free("DASHBOARD_PORT", settings.dashboard().host(), settings.dashboard().port())
            : 0;
    return new Endpoints(localCloud, ingest, grpc, dashboard);
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
