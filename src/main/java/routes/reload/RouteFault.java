package routes.reload;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * A route file that cannot run as it was saved.
 *
 * @param line where, from 1; empty where Camel does not tell
 * @param reason one line
 * @param since when it was first seen so
 * @param saved its text
 * @param older whether what it was before goes on running; else nothing of it runs
 */
public record RouteFault(
    String file, OptionalInt line, String reason, Instant since, String saved, boolean older) {}
