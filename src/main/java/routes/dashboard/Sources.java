package routes.dashboard;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import org.apache.camel.CamelContext;
import routes.cloud.AwsClients;
import routes.dashboard.overview.RecentObjects;
import routes.deadletter.DeadLetterOffice;
import routes.record.RecordParser;
import routes.settings.Settings;

/**
 * What the dashboard shows and what it asks.
 *
 * @param localCloud where the embedded cloud is; not looked at on another
 * @param intake where the HTTP intake is; not looked at where there is none
 * @param camel started
 */
public record Sources(
    Settings settings,
    URI localCloud,
    URI intake,
    AwsClients aws,
    CamelContext camel,
    MeterRegistry meters,
    RecordParser parser,
    RecentObjects objects,
    DeadLetterOffice deadLetters) {}
