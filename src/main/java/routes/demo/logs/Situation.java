package routes.demo.logs;

import org.jspecify.annotations.Nullable;
import routes.demo.people.Instance;
import routes.demo.people.Order;
import routes.demo.people.User;

/**
 * What logs talk about: who did what for whom, and how it ended.
 *
 * @param trace null where it is no part of a request
 * @param status of HTTP
 * @param peer the service that was called, or calls
 * @param error the type of what went wrong; empty when nothing did
 * @param order null where it is not about one
 */
public record Situation(
    String service,
    String operation,
    Instance instance,
    Route route,
    @Nullable Trace trace,
    Outcome outcome,
    int status,
    long durationNanos,
    String peer,
    String error,
    User user,
    @Nullable Order order) {}
