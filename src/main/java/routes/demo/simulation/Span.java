package routes.demo.simulation;

import routes.demo.logs.Outcome;
import routes.demo.people.Instance;
import routes.demo.people.User;
import routes.demo.town.Operation;

/**
 * A piece of work for a request.
 *
 * @param traceHigh the first half of the trace's id
 * @param parent the id of the span that it is a part of; 0 = none
 * @param error the type of what went wrong; empty when nothing did
 */
public record Span(
    long traceHigh,
    long traceLow,
    long id,
    long parent,
    Operation operation,
    Instance instance,
    long startNanos,
    long endNanos,
    Outcome outcome,
    int status,
    String error,
    User user) {}
