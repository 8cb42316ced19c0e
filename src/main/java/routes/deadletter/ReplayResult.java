package routes.deadletter;

import org.jspecify.annotations.Nullable;

/**
 * What became of dead letters that were to be replayed.
 *
 * @param replayed letters whose record Kinesis has acknowledged
 * @param invalid letters that are still no acceptable records; they stay, with one attempt more
 * @param missing letters whose bytes are gone from the bucket; they stay
 * @param notRemoved messages that were done with and that SQS did not delete; they come back
 * @param scanned messages looked at
 * @param complete whether nothing was left to look at; else there may be more to replay
 * @param stopped why it ended early, or null
 */
public record ReplayResult(
    int replayed,
    int invalid,
    int missing,
    int notRemoved,
    int scanned,
    boolean complete,
    @Nullable String stopped) {}
