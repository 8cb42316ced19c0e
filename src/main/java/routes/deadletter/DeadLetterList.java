package routes.deadletter;

import java.util.List;
import java.util.Map;

/**
 * The latest dead letters.
 *
 * @param letters the latest first
 * @param found how many there are, as far as was looked
 * @param byReason how many, by reason
 * @param byService how many, by service; those that name none under an empty text
 * @param scanned messages looked at
 * @param complete whether nothing was left to look at; else there may be more
 * @param queue how much lies on the queue in all
 */
public record DeadLetterList(
    List<ListedLetter> letters,
    int found,
    Map<String, Integer> byReason,
    Map<String, Integer> byService,
    int scanned,
    boolean complete,
    QueueDepth queue) {}
