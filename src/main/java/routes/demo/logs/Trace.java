package routes.demo.logs;

/**
 * Where in a trace something belongs.
 *
 * @param high the first half of the trace's id
 */
public record Trace(long high, long low, long span) {}
