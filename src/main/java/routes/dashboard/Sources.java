package routes.dashboard;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import routes.cloud.AwsClients;
import routes.cloud.AwsSettings;
import routes.cloud.ResourceSettings;
import routes.deadletter.DeadLetterService;
import routes.http.api.Api;
import routes.http.api.DashboardSettings;
import routes.record.RecordParser;
import routes.record.RecordSettings;
import routes.reload.RouteFiles;
import routes.reload.RoutesSettings;
import routes.settings.Role;

/**
 * What the dashboard shows and what it asks.
 *
 * @param scheme {@code http} or {@code https}, of both servers
 * @param localCloud where the embedded cloud is; not looked at on another
 * @param intake where the HTTP intake is; not looked at where there is none
 * @param flushInterval after which an object is closed; not looked at where nothing is delivered
 * @param charts the folder where those of the last hour are kept for the next start; empty =
 *     nowhere
 * @param figures answers with figures of the records
 * @param audit answers whether all records are accounted for
 * @param demo starts the demo, if it does not run yet, and tells where its page is
 */
public record Sources(
    Role role,
    AwsSettings cloud,
    ResourceSettings resources,
    RecordSettings records,
    RoutesSettings routes,
    RouteFiles files,
    DashboardSettings dashboard,
    String scheme,
    URI localCloud,
    URI intake,
    AwsClients aws,
    RecordParser parser,
    DeadLetterService deadLetters,
    Duration flushInterval,
    Optional<Path> charts,
    Api.Endpoint figures,
    Api.Endpoint audit,
    Supplier<URI> demo) {}
