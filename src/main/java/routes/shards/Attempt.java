package routes.shards;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that is tried until it succeeds.
 *
 * @param what such as "read logs/1700000000000/shardId-000000000000"
 * @param since when it was tried for the first time
 * @param failure why the last try failed, or null when none has yet
 */
public record Attempt(String what, Instant since, @Nullable String failure) {}
