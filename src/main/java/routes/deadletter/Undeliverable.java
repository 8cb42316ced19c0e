package routes.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import routes.record.ByteSlice;
import routes.record.Rejection;

/**
 * A record that can never be delivered, and all that is known of it.
 *
 * @param bytes the record as it came
 * @param rejection why
 * @param stage the route that gave up, such as {@code deliver}
 * @param source where the record came from
 * @param service if it could be read
 * @param time the record's own time, if it could be read
 * @param attempts how often it was tried, replays included; 1 or more
 * @param at when it was given up
 */
public record Undeliverable(
    ByteSlice bytes,
    Rejection rejection,
    String stage,
    Source source,
    @Nullable String service,
    @Nullable Instant time,
    int attempts,
    Instant at) {}
