package routes.http;

import java.io.Serializable;

/**
 * A rejected record.
 *
 * @param index its place in the body, from 0
 * @param reason a stable code
 * @param message a sentence: the value and what is allowed
 */
public record RecordError(int index, String reason, String message) implements Serializable {}
