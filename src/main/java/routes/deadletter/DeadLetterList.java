package routes.deadletter;

import java.util.List;

/**
 * Some dead letters.
 *
 * @param letters the latest first
 * @param scanned messages looked at
 * @param complete whether nothing was left to look at; else there may be more
 * @param queue how much lies on the queue in all
 */
public record DeadLetterList(
    List<ListedLetter> letters, int scanned, boolean complete, QueueDepth queue) {}
