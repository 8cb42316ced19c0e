package routes.http;

import java.util.List;
import java.util.OptionalInt;
import routes.access.Origins;
import routes.settings.Cloud;
import routes.settings.Host;
import routes.settings.Secret;
import routes.settings.SettingsReader;

/**
 * The server that takes records.
 *
 * @param port 0 = any free port
 * @param grpcPort of OpenTelemetry's protocol over gRPC; 0 = any free port, empty = it is not
 *     spoken
 * @param apiKeys the accepted keys; empty = everybody may send
 * @param allowedOrigins of pages that may send from a browser; empty = none but its own
 */
public record HttpSettings(
    String host,
    int port,
    OptionalInt grpcPort,
    List<Secret> apiKeys,
    List<String> allowedOrigins,
    HttpLimits limits) {

  /** Reads them. */
  public static HttpSettings from(SettingsReader reader, Cloud cloud) {
    return new HttpSettings(
        Host.of(reader.value("ingest.host"), cloud),
        reader.value("ingest.port").port(),
        reader.value("ingest.grpc-port").portOrOff(),
        reader.value("ingest.api-keys").secrets(),
        reader
            .value("ingest.allowed-origins")
            .ifSet(value -> value.as(Origins::list, origins -> String.join(",", origins)))
            .orElse(List.of()),
        HttpLimits.from(reader));
  }
}
