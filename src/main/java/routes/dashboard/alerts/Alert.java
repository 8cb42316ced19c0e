package routes.dashboard.alerts;

import java.time.Instant;

/**
 * Something an operator should look at.
 *
 * @param id the rule's, such as {@code lag}
 * @param since when it began
 * @param message what is the case, in a sentence with the value
 * @param advice what to look at or to do
 */
public record Alert(String id, Instant since, String message, String advice) {}
