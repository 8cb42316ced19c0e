package routes.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a replay writes into records, each value only into those that are rejected for it.
 *
 * @param service for records without a service, or with one that cannot name a partition; null =
 *     nothing
 * @param timestamp for records without a time, or with one that cannot be used; null = nothing
 */
public record Patch(@Nullable String service, @Nullable Instant timestamp) {

  /** Records are replayed as they came. */
  public static final Patch NONE = new Patch(null, null);
}
