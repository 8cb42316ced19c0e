package routes.dashboard.pipeline;

import java.time.Instant;
import java.util.Date;
import org.apache.camel.Route;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.util.FileUtil;
import org.apache.camel.util.URISupport;
import org.jspecify.annotations.Nullable;

/**
 * A route and what went through it since it started.
 *
 * @param file the name of the file it stands in
 * @param from where it takes from, secrets hidden
 * @param state as Camel calls it, such as {@code Started}
 * @param failed exchanges that ended with an exception
 * @param handled failures that the route answered itself
 * @param redeliveries how often steps were tried again
 * @param meanMillis how long an exchange took, on average over all; 0 without any
 * @param lastFailed null when none failed
 */
public record RouteView(
    String id,
    @Nullable String description,
    String file,
    String from,
    String state,
    long uptimeMillis,
    long total,
    long failed,
    long handled,
    long redeliveries,
    long inflight,
    long meanMillis,
    long maxMillis,
    @Nullable Instant lastDone,
    @Nullable Instant lastFailed) {

  static RouteView of(Route route, String state, ManagedRouteMBean counts) throws Exception {
    return new RouteView(
        route.getRouteId(),
        route.getDescription(),
        FileUtil.stripPath(route.getSourceResource().getLocation()),
        URISupport.sanitizeUri(route.getEndpoint().getEndpointUri()),
        state,
        route.getUptimeMillis(),
        counts.getExchangesTotal(),
        counts.getExchangesFailed(),
        counts.getFailuresHandled(),
        counts.getRedeliveries(),
        counts.getExchangesInflight(),
        Math.max(0, counts.getMeanProcessingTime()),
        Math.max(0, counts.getMaxProcessingTime()),
        instant(counts.getLastExchangeCompletedTimestamp()),
        instant(counts.getLastExchangeFailureTimestamp()));
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
