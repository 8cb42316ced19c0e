package routes.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * What became of dead letters that were to be discarded.
 *
 * @param discarded letters that are gone
 * @param notRemoved messages that SQS did not delete; they come back
 * @param scanned messages looked at
 * @param complete whether nothing was left to look at; else there may be more to discard
 * @param stopped why it ended early, or null
 */
public record DiscardResult(
    int discarded, int notRemoved, int scanned, boolean complete, @Nullable String stopped) {}
